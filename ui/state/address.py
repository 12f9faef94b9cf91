"""The address bar, kept true while someone types and clicks.

Streamlit's own copy of the address can be older than the widgets that are bound to it (a box that
answers while one types reports its text first and changes the address after). Whatever is sent
from that copy undoes the newer change: a step of a film would take the sentence out of the link.
So the copy is brought up to date from the widgets first. This needs Streamlit's inner parts, as
they are in the pinned version; tests/browser/test_read.py fails when they move.
"""

from __future__ import annotations

from collections.abc import Mapping

from streamlit.runtime.state import get_session_state
from streamlit.runtime.state.query_params import _coerce_value_for_query_url

Address = dict[str, str | list[str]]


def write(numbers: Mapping[str, str | None], version: str, sent: Address) -> Address:
    """Bring the address up to date; return what it now says.

    numbers : parameters that belong to no widget, None to take one out. version : goes with any
    other. sent : what the last call returned; what is the same again is not sent again.
    """
    session = get_session_state()
    with session.query_params() as address:
        before = dict(address._query_params)
        for name, binding in address._bindings_by_param.items():
            metadata = session._state._new_widget_state.widget_metadata.get(binding.widget_id)
            if metadata is None or binding.widget_id not in session._state:
                continue
            value = session._state[binding.widget_id]
            if value == metadata.deserializer(None):
                address.discard_param_no_forward_msg(name)
            else:
                text = _coerce_value_for_query_url(metadata.serializer(value), binding.value_type)
                alone = isinstance(text, list) and len(text) == 1
                address.set_with_no_forward_msg(name, text[0] if alone else text)
        for name, number in numbers.items():
            if number is None:
                address.discard_param_no_forward_msg(name)
            else:
                address.set_with_no_forward_msg(name, number)
        now = {name: text for name, text in address._query_params.items() if name != "v"}
        now = {**now, "v": version} if now else {}
        address.clear_with_no_forward_msg(preserve_embed=True)
        for name, text in now.items():
            address.set_with_no_forward_msg(name, text)
        if now != before or now != sent:
            address._send_query_param_msg()
        return now
