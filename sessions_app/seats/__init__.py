"""Who sits where: seats in breakouts, waiting lists, and what people want to see."""
