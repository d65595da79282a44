"""Third step: who has a say, who weighs on whom, and what people choose together."""
