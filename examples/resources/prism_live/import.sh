# by the id of the live
terraform import prism_live.show 900017
