"""The words of make_everyday.py: common English, written down by hand, each list for one slot.

What a list is called is its slot in the grammar: `adj+` good words, `adj-` bad words, `noun` words
that say nothing for or against. A phrase is joined by "_". Words may stand in several lists, and
the commonest come more than once in theirs.
"""

LISTS = {
    # ---- words that take a side ----
    "adj+": """
        good good good good good good great great great nice nice excellent amazing awesome
        wonderful fantastic perfect brilliant superb outstanding terrific fabulous marvelous
        magnificent incredible remarkable impressive beautiful lovely gorgeous stunning
        charming delightful enjoyable pleasant fun funny hilarious entertaining exciting
        interesting fascinating engaging clever smart intelligent creative original inspired
        inspiring touching powerful strong solid fine decent cool sweet cute adorable
        elegant classic fresh tasty delicious yummy juicy tender crisp flavorful comfortable
        cozy clean clear bright sharp smooth quick fast easy simple useful helpful practical
        convenient reliable sturdy durable safe secure affordable reasonable inexpensive
        friendly kind polite attentive professional welcoming warm honest fair generous
        caring patient prompt efficient accurate authentic unique special memorable
        unforgettable legendary heartwarming thrilling breathtaking spectacular flawless
        superior top_notch first_rate high_quality well_made well_written well_done
        worthwhile valuable favorite popular successful effective healthy relaxing
        refreshing peaceful rich deep realistic believable witty ideal lucky phenomenal
        exceptional satisfying lively positive magical epic pretty calm brave wise free
        better
    """,
    "adj-": """
        bad bad bad bad bad bad terrible terrible boring boring horrible awful poor
        disappointing boring dull stupid dumb silly ridiculous pathetic lame weak cheesy
        predictable annoying irritating frustrating unpleasant ugly disgusting gross nasty
        dirty filthy smelly greasy oily soggy stale bland tasteless dry overcooked
        undercooked burnt raw cold salty overpriced expensive cheap flimsy useless worthless
        pointless meaningless broken defective damaged cracked unreliable slow late noisy
        loud uncomfortable awkward clumsy rude unfriendly unprofessional careless lazy
        unfair mean selfish offensive insulting unacceptable inexcusable incompetent
        inferior mediocre average ordinary forgettable unfunny unrealistic unconvincing
        wooden flat shallow empty lifeless tired tedious confusing messy sloppy crappy lousy
        dreadful atrocious appalling abysmal depressing sad miserable painful unbearable
        unwatchable laughable embarrassing shameful wrong dangerous unsafe unhealthy harsh
        bitter sour rotten tough crowded cramped outdated low_quality poorly_made
        badly_written poorly_written overrated underwhelming inconsistent difficult
        complicated creepy scary fake pretentious repetitive sick unhappy worse worst
        lacking limited unimpressive weird negative dead lost stolen missing unlucky
        unimportant cheaply_made
    """,
    "pred+": """
        fun_to_watch worth_it worth_watching worth_every_penny worth_the_money
        worth_the_price second_to_none out_of_this_world just_right spot_on on_point
        a_great_deal a_must a_lot_of_fun fun_for_all better_than_i_expected
        good_enough_for_me on_time as_described as_advertised my_favorite the_best
    """,
    "pred-": """
        hard_to_use a_mess a_joke a_disaster a_failure a_letdown a_waste_of_time
        a_waste_of_money a_rip_off not_worth_it not_worth_the_money full_of_holes
        out_of_order hard_to_hear hard_to_follow hard_to_watch not_for_me not_what_i_wanted
        not_as_described not_as_advertised so_so all_wrong the_worst beyond_repair too_bad
    """,
    "er+": """
        better better better nicer greater easier faster stronger happier smarter tastier
        cleaner funnier safer healthier fresher
    """,
    "er-": """
        worse worse worse slower weaker dumber dirtier harder colder
    """,
    "est+": """
        best best best best greatest nicest finest funniest easiest happiest coolest cutest
        sweetest
    """,
    "est-": """
        worst worst worst worst dumbest saddest ugliest slowest
    """,
    "person+": """
        happy glad pleased satisfied delighted thrilled excited impressed amazed proud lucky
        grateful thankful in_love blown_away pleasantly_surprised very_well fine well
        healthy comfortable
    """,
    "person-": """
        unhappy sad disappointed angry upset annoyed frustrated bored dissatisfied
        unsatisfied sorry disgusted embarrassed depressed worried afraid scared tired sick
        ill hurt lost confused miserable fed_up let_down unimpressed stressed mad
        underwhelmed offended robbed ripped_off dead dying unlucky uncomfortable in_pain
    """,
    "thing+": """
        joy pleasure gem treat delight success masterpiece winner bargain hit work_of_art
        must_see must_have steal keeper bonus advantage improvement hero miracle
    """,
    "thing-": """
        disappointment failure disaster mess joke waste letdown shame insult nightmare pain
        embarrassment bore flop disgrace mistake rip_off scam piece_of_junk piece_of_crap
        pile_of_garbage problem lie crime pity loser fraud
    """,
    "some+": """
        charm fun humor talent beauty style love heart magic wit care quality passion energy
        excitement comfort joy hope peace success friendship
    """,
    "some-": """
        problems trouble issues complaints flaws mistakes errors faults nonsense junk
        garbage trash crap rubbish bugs regrets hate anger fear pain excuses holes damage
        boredom violence death war problem
    """,
    "like+": """
        like love enjoy recommend appreciate adore trust value highly_recommend
    """,
    "liked+": """
        liked loved enjoyed recommended appreciated adored trusted really_liked
        was_impressed_by was_pleased_with had_fun_with was_happy_with laughed_at
        fell_in_love_with
    """,
    "likes+": """
        likes loves enjoys recommends appreciates
    """,
    "like-": """
        hate dislike regret avoid can_not_stand return ignore
    """,
    "liked-": """
        hated disliked regretted avoided was_disappointed_with was_let_down_by
        wasted_my_money_on wasted_my_time_on was_bored_by got_sick_of gave_up_on
        complained_about had_trouble_with had_problems_with
    """,
    "likes-": """
        hates dislikes regrets avoids
    """,
    "does+": """
        works shines rocks rules works_great works_well works_perfectly works_like_a_charm
        works_fine works_as_advertised fits_perfectly fits_well sounds_great looks_great
        tastes_great feels_good holds_up_well lasts_long does_its_job does_the_job
        deserves_praise impresses_me makes_me_smile makes_me_laugh made_my_day saved_the_day
        stole_the_show helped_me_a_lot satisfied_me is_a_must hits_the_spot charges_quickly
        keeps_its_charge helps_a_lot improved_my_life won_a_prize made_us_laugh
        surprised_me_in_a_good_way
    """,
    "does-": """
        sucks fails broke failed disappoints annoys_me bothers_me crashes died
        stopped_working fell_apart falls_apart broke_down makes_no_sense made_no_sense
        does_not_work did_not_work will_not_work does_not_fit does_not_charge never_worked
        drags_on goes_nowhere goes_on_forever ran_out_of_steam lost_my_interest
        put_me_to_sleep made_me_sick ruined_my_day ruined_everything let_me_down
        hurts_my_ears wears_out bored_me ripped_me_off ignored_us disappeared wastes_my_time
        went_downhill crashed hurt_me made_me_cry made_me_angry lied_to_me was_stolen
        attacked_us lacks_everything burned_my_hand killed_the_mood shocked_me
    """,
    "adverb+": """
        well beautifully perfectly wonderfully nicely brilliantly quickly easily smoothly
        amazingly
    """,
    "adverb-": """
        badly poorly terribly horribly slowly awfully rudely sadly
    """,
    "closing+": """
        i_will_be_back i_will_come_back we_will_be_back i_can_not_wait_to_go_back
        i_highly_recommend_it highly_recommended five_stars ten_out_of_ten 10_out_of_10
        two_thumbs_up thumbs_up well_done good_job great_job keep_up_the_good_work thank_you
        thanks_a_lot you_can_not_go_wrong you_will_not_regret_it
        you_will_not_be_disappointed do_not_miss_it i_can_not_complain no_complaints buy_it
        try_it go_see_it check_it_out i_would_buy_it_again i_would_go_again
        i_will_definitely_return best_ever love_it it_made_my_day a_must_see give_it_a_try
        what_more_could_you_ask_for i_want_more you_will_not_stop_laughing congratulations 🙂
        ❤ 👍 yay wow i_am_a_fan it_never_lets_me_down i_passed_the_exam i_got_the_job
        we_won_the_game i_feel_better happy_birthday it_is_a_great_deal
        i_recommend_this_place i_love_you you_are_the_best good_luck good_morning
    """,
    "closing-": """
        i_will_not_be_back i_will_never_be_back i_will_never_go_back never_again stay_away
        avoid_it avoid_this_place do_not_buy_it do_not_buy_this do_not_bother
        do_not_waste_your_time do_not_waste_your_money save_your_money what_a_waste
        waste_of_time waste_of_money total_waste i_want_my_money_back i_want_a_refund
        i_asked_for_a_refund they_refused_to_help i_returned_it i_sent_it_back one_star
        zero_stars no_stars thumbs_down two_thumbs_down shame_on_them no_thanks no_way
        give_me_a_break who_cares i_walked_out i_fell_asleep i_almost_fell_asleep
        i_could_not_finish_it it_went_in_the_trash look_elsewhere skip_it pass_on_this_one
        we_waited_for_an_hour we_waited_forever nobody_came_to_help it_ended_up_broken yuck
        ugh 🙁 👎 💔 😠 meh it_is_raining_again i_failed_the_exam i_lost_my_job i_lost_my_keys
        i_missed_the_bus i_feel_worse i_got_sick we_lost_the_game someone_stole_my_bike
        it_got_worse i_would_not_go_again i_would_not_buy_it_again do_not_go_there
        how_disappointing nothing_special no_excuse there_is_no_excuse i_cried help_me
        i_miss_you i_hate_you you_are_an_idiot leave_me_alone
    """,
    "lean+": """
        every_time always again_and_again for_years with_my_whole_family definitely
        especially both with_a_smile all_the_time since_the_first_day on_a_budget every_day
        right_away on_time at_a_great_price with_great_care from_beginning_to_end forever
    """,
    "lean-": """
        after_only_a_week for_ages after_a_month after_two_days for_an_hour
        for_forty_minutes at_all for_no_reason only_once anymore unfortunately instead
        supposedly apparently finally so_called until_it_died because_of_that
        even_after_that for_the_third_time too_long without_asking
    """,
    # ---- words that strengthen or weaken, and words that turn round ----
    "very": """
        very really so quite extremely absolutely totally completely truly pretty incredibly
        just simply highly super rather fairly somewhat even especially definitely certainly
        surprisingly always still also
    """,
    "never": """
        never rarely hardly barely hardly_ever almost_never never_once
    """,
    "too": """
        big small large little long short high low hot dark light heavy old young early much
        many often thin hard soft far close deep sweet spicy quiet
    """,
    # ---- who and what, for or against nothing ----
    "noun": """
        film movie show series episode season story plot scene script dialogue ending
        beginning book song music soundtrack sound picture image camera screen video game
        role cast acting performance character actor actress director writer style humor art
        photo comedy drama action classic food meal dinner lunch breakfast dish menu plate
        glass table chicken beef steak burger pizza pasta salad soup sandwich rice fish
        bread cheese sauce meat egg fruit dessert cake chocolate ice_cream coffee tea water
        wine beer drink taste flavor restaurant bar place spot location area atmosphere
        kitchen bathroom room hotel bed door window floor house home street city town store
        shop service staff waiter waitress server chef manager owner customer crowd company
        team group price cost bill tip money deal value check change phone cell_phone
        battery charger cable cord headset earpiece ear_piece bluetooth speaker device
        product item unit model design color size shape weight case cover button key
        computer laptop app application signal reception call connection volume voice
        quality feature package box bag shipping delivery order seller replacement review
        opinion car bike bus train trip vacation drive day night morning evening week month
        year time hour minute moment holiday birthday party wedding weather rain sun summer
        winter job work school exam test office teacher student lesson doctor dog cat baby
        child kid boy girl man woman guy person people friend family husband wife mother
        father mom dad brother sister couple life world war history news idea plan question
        answer thing stuff part side end top bottom middle front line word page name number
        point reason experience way kind type level detail effect view hair face eye hand
        head body clothes present paper pen water_bottle light
    """,
    "nouns": """
        films movies scenes characters actors actresses effects special_effects songs lines
        jokes performances stories books pictures episodes dishes meals drinks fries burgers
        prices waiters servers owners customers people kids children parents friends guys
        women men girls boys phones headphones buttons keys features batteries products
        items speakers colors rooms tables beds shoes clothes reviews stars days hours weeks
        months years minutes things parts words ideas questions places restaurants stores
        times eyes hands ears flavors others
    """,
    "nadj": """
        new old big small large little long short high low hot young early main whole other
        first second third last next different same similar certain real single local public
        black white red blue green brown yellow american mexican italian chinese english
        open full half usual current light dark few overall
    """,
    "det": """
        the the the the this that my your his her its our their a the_whole every each some
        another the_same the_other
    """,
    "dets": """
        the the these those my your his her our their all_the all some most both many two
    """,
    "who": """
        i you he she we they my_friend my_wife my_husband my_family everyone someone
        everybody somebody the_guy the_lady my_sister my_brother my_mom my_dad others people
        one_of_us
    """,
    "base": """
        get make take see know give find tell ask use try call leave put keep start show
        hear play run move believe bring write pay meet set learn change understand watch
        follow stop read spend open offer remember buy send serve expect build cut pass eat
        drink order cook drive visit charge wear add check finish mean want choose fit
        replace pick share win drop let say think_of
    """,
    "past": """
        got made took saw knew gave found told said asked used tried called left put kept
        showed heard played ran paid set changed watched followed stopped read spent opened
        bought sent served expected built cut passed held ate drank ordered charged added
        wanted chose received needed noticed owned returned dropped started thought_of let
    """,
    "done": """
        seen done made taken given used told had found known heard bought eaten watched read
        tried ordered played written served shown left kept called
    """,
    "doing": """
        getting making taking giving asking using trying calling playing watching reading
        spending expecting eating drinking ordering wearing doing holding saying starting
        having looking_at listening_to waiting_for walking_to talking_about going_to
        coming_to sitting_on paying_for working_on running_to being_in
    """,
    "does": """
        gets makes takes sees gives says uses keeps shows plays runs means holds has does
        needs
    """,
    "go": """
        go come feel live sit stand begin happen speak walk stay decide turn listen sleep
        talk act guess look work wait start_over move_on
    """,
    "went": """
        went came looked felt began stayed turned listened walked showed_up ended_up
        walked_in sat_down sounded seemed tasted smelled worked waited talked
    """,
    "goes": """
        goes comes looks feels reads sounds tastes smells seems
    """,
    "we": """
        i you we they people my_friends my_parents some_people the_others many
    """,
    "iam": """
        i_am i_am i_was we_are we_were they_were they_are she_was she_is he_is he_was
        you_are everyone_was my_friend_is my_family_was i_have_been people_are i_feel i_felt
        we_felt
    """,
    "prep": """
        in on at by for with from to of about after before during near behind under over
        through into inside outside around between against without like as up_to off out_of
        next_to along past since until in_front_of because_of instead_of including
    """,
    "when": """
        today yesterday tomorrow tonight now then here there later earlier last_night
        last_week last_year this_morning this_week right_now at_night in_the_morning
        a_few_days_ago two_weeks_ago years_ago for_a_while once twice again already still
        yet so_far at_first at_last in_the_end at_home at_work on_the_way in_town in_person
        online most_of_the_time three_times once_more for_dinner for_lunch
        for_the_first_time one_day the_other_day soon before away back together alone
        four_hours_later five_years_later everywhere anywhere ever since_then in_2 3_days
        4_times 5_times 6_times 20_minutes 30_minutes 1_day 9_times for_10_dollars 40_bucks
        a_hundred_times @link @name
    """,
    "aside": """
        to_be_honest honestly in_my_opinion i_think i_guess i_believe i_must_say
        i_have_to_say i_would_say as_far_as_i_know as_i_said of_course in_fact actually
        basically overall all_in_all in_general for_me for_us for_the_price for_what_it_is
        after_all on_the_whole at_the_end_of_the_day well oh anyway so also however then
        plus besides yes no_doubt obviously clearly perhaps maybe probably possibly
        for_example as_usual in_the_beginning i_mean you_know i_feel_like if_you_ask_me
        by_the_way on_the_other_hand i_know i_have_to_admit ok okay hey hi hello please look
        sure or_so according_to_my_friend trust_me let_us_face_it at_least to_me
        it_seems_to_me somehow i_found_that i_felt_that we_thought exactly certainly
        simply_put mostly usually normally often sometimes nearly almost whatever either_way
        in_other_words first_of_all i_was_told i_heard
    """,
    "self": """
        myself himself herself itself themselves me you him her us them mine it this that
        these those something anything everything what_we_ordered what_i_bought
        the_one_which_i_bought someone_whose_name_i_forget none_of_it nothing_else anyone
        anybody everyone_else someone_else
    """,
}
