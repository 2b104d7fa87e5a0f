"""What happens at the forum: speakers, sessions, the timetable and its exchange."""
