package simulator

type VODChannel struct {
	ChannelID, ChannelName, Status, CallbackEndpoint string
	EdgeID, QualitySetID                             int64
}
type vodRecord struct{ VODChannel }

func (s *Simulator) vodByID(id string) *vodRecord {
	for _, r := range s.vod {
		if r.ChannelID == id {
			return r
		}
	}
	return nil
}
func (s *Simulator) settleVOD(*vodRecord)      {}
func (s *Simulator) showVOD(*vodRecord) object { return nil }
