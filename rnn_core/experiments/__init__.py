"""What stands on the core and is not the core: tasks, planted bugs, paired runs, analysis."""
