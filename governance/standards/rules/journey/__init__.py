"""Rules about journeys: whether what their steps name is there."""
