"""The only door to data_raw: read, repair, validate, pseudonymise, link, honour consent."""
