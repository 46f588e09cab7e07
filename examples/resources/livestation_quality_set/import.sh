# by the id of the set
terraform import livestation_quality_set.show 4501
