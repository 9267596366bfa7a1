"""Funnel reconstruction: a change at a large account starts one recorded run with three coordinated proposals."""
