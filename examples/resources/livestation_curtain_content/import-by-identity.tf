# With -generate-config-out, and without a resource block, this needs `provider = livestation` too.
import {
  to = livestation_curtain_content.notice
  identity = {
    content_id = 512
  }
}
