package service

// OpenFailed ends the error of an ephemeral block that cannot be opened. CLIs open it in every plan, so it also blocks a stop or a destroy
// of anything else.
const OpenFailed = "As long as this block cannot be opened, no plan succeeds. To stop or change something all the same, plan that alone: `-target=ADDRESS`, such as `-target=prism_live_session.NAME`. " +
	"To destroy: `terraform destroy -refresh=false`, or `-target`."
