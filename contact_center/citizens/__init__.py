"""People, their channel identities, phone and CPR."""
