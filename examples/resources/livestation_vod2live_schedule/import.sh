# by the id of the schedule; its files are taken from the configuration
terraform import livestation_vod2live_schedule.friday 3301
