# by the id of the live
terraform import prism_live_session.evening 900017
