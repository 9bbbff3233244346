"""Charts: functions that gather what is shown, apart from functions that draw it."""
