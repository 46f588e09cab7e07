package simulator

// alertFlags are the switches of the alert call besides alertOn (API reference livestation-vod2live.md 4.3).
var alertFlags = []string{
	"alertChangeStatus", "alertVodUploadFail", "alertReStreamFail", "alertShortClipFail", "alertStreamFailOver", "alertGeneralChannelError",
}

// setAlerts is for general channels only. Of the recipients no more is known than that there is a list of them.
func (s *Simulator) setAlerts(c *call) answer {
	f := readFields(c.body, append([]string{"alertOn", "notificationManagerList"}, alertFlags...)...)
	on := f.flag("alertOn")
	for _, name := range alertFlags {
		f.optionalFlag(name)
	}
	f.list("notificationManagerList")
	if f.fault != nil {
		return s.refuseBody(f.fault)
	}
	id := c.params["channel"]
	switch general, restream, vod := s.findGeneral(id), s.restreamByID(id), s.vodByID(id); {
	case general != nil && !terminated(general.Status):
		general.AlertOn = on
	case restream != nil && s.on(QuirkAlertsForAllChannels):
		restream.AlertOn = on
	case vod != nil && s.on(QuirkAlertsForAllChannels):
		vod.AlertOn = on
	default:
		return s.notFound("channel")
	}
	return s.content(object{"channelId": id, "alertOn": on})
}

func (s *Simulator) listManagerGroups(*call) answer {
	return s.content([]object{{"managerGroupNo": 0, "groupName": "All managers"}, {"managerGroupNo": 1, "groupName": "On duty"}})
}

func (s *Simulator) listManagers(c *call) answer {
	if group := c.params["group"]; group != "0" && group != "1" {
		return s.notFound("manager group")
	}
	return s.content([]object{{
		"managerNo": 31, "managerName": "Simulated Manager", "cellPhoneNo": "000-0000-0000", "emailAddress": "manager@simulator.example",
	}})
}
