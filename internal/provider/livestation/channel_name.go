package livestation

import (
	"regexp"

	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
)

var channelName = regexp.MustCompile(`^[가-힣A-Za-z0-9_]{3,20}$`)

// ChannelName returns a validator of channel names, which follow the same rule for every kind of channel.
func ChannelName() validator.String {
	return stringvalidator.RegexMatches(channelName, "must be 3 to 20 characters long, of Hangul syllables, English letters, digits and _")
}
