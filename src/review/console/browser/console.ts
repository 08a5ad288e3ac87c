import htmx from "htmx.org";
import { startKeys } from "./keys.ts";
import { startLive } from "./live.ts";

// The library sets itself up from the page's meta element and from hx attributes.
htmx.config.allowEval = false;
startKeys();
startLive((region) => htmx.trigger(region, "live", {}));
