# by the id of the profile
terraform import livestation_quality_profile.hd 3102
