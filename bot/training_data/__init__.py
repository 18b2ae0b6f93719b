"""The labelled examples in `nlu_data/`: read with their places, checked for contradictions, added to."""
