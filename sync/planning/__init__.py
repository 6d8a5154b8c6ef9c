"""Released journeys and facts make intents."""
