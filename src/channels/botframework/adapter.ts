import { type Activity, CloudAdapterBase, type ConversationReference, type InvokeResponse, type TurnContext } from "botbuilder-core";
import {
  AuthenticationConfiguration,
  type BotFrameworkAuthentication,
  BotFrameworkAuthenticationFactory,
  ClaimsIdentity,
  type ConnectorClientOptions,
  type ServiceClientCredentialsFactory,
} from "botframework-connector";
import { SendError } from "../../core/errors.ts";
import type { AccessToken } from "./access-token.ts";
import type { IncomingActivity } from "./parse.ts";
import type { Reference } from "./reference.ts";

/** One turn through the SDK: of a request that has been let in, or on our own account. */
export interface BotAdapter {
  /** Runs a turn for an activity whose token has been checked; resolves to what the platform waits for, undefined if only for the end. */
  receive(activity: IncomingActivity, turn: () => Promise<void>): Promise<InvokeResponse | undefined>;
  /** Sends activities into a conversation, one after the other; resolves to the platform's ids. A fault leaves the earlier ones sent. */
  send(reference: Reference, activities: readonly Partial<Activity>[]): Promise<readonly string[]>;
  /** Puts an activity in the place of one that was sent, by the platform's id of it. */
  replace(reference: Reference, activityId: string, activity: Partial<Activity>): Promise<void>;
}

export interface AdapterParts {
  readonly appId: string;
  readonly accessToken: AccessToken;
  readonly httpClient: NonNullable<ConnectorClientOptions["httpClient"]>;
}

/** The SDK's adapter with its protected entry for requests opened; its own HTTP front prints what it refuses. */
class CheckedAdapter extends CloudAdapterBase {
  readonly #authentication: BotFrameworkAuthentication;
  readonly #identity: ClaimsIdentity;

  constructor(authentication: BotFrameworkAuthentication, appId: string) {
    super(authentication);
    this.#authentication = authentication;
    this.#identity = new ClaimsIdentity([{ type: "aud", value: appId }], true);
  }

  receive(activity: Activity, turn: () => Promise<void>): Promise<InvokeResponse | undefined> {
    const checked = {
      audience: this.#authentication.getOriginatingAudience(),
      claimsIdentity: this.#identity,
      connectorFactory: this.#authentication.createConnectorFactory(this.#identity),
    };
    return this.processActivity(checked, activity, turn);
  }
}

/** Signs with our own token: the SDK's login can be pointed at no other server and waits without a limit. */
function createCredentials({ appId, accessToken }: AdapterParts): ServiceClientCredentialsFactory {
  return {
    isValidAppId: async (given) => given === appId,
    isAuthenticationDisabled: async () => false,
    createCredentials: async () => ({
      signRequest: async (request) => {
        request.headers.set("Authorization", `Bearer ${await accessToken.get()}`);
        return request;
      },
    }),
  };
}

/** Joins the SDK to our token and our transport; its public addresses stay the built-in ones, of which none is called. */
export function createAdapter(parts: AdapterParts): BotAdapter {
  const { appId, httpClient } = parts;
  const authentication = BotFrameworkAuthenticationFactory.create(
    ...(["", true, "", "", "", "", "", "", ""] as const),
    createCredentials(parts),
    new AuthenticationConfiguration(),
    undefined,
    { httpClient },
  );
  const adapter = new CheckedAdapter(authentication, appId);

  // The SDK's type requires names, which are not kept.
  const goOn = (reference: Reference, turn: (context: TurnContext) => Promise<void>) =>
    adapter.continueConversationAsync(appId, reference as Partial<ConversationReference>, turn);

  return {
    // The SDK's type requires fields that no platform sends.
    receive: (activity, turn) => adapter.receive(activity as unknown as Activity, turn),
    send: async (reference, activities) => {
      const ids: string[] = [];
      await goOn(reference, async (context) => {
        context.onSendActivities((_, sent, next) => {
          // The SDK lets a turn of our own begin with a made-up activity, which no platform knows to reply to.
          for (const activity of sent) delete activity.replyToId;
          return next();
        });
        for (const [index, activity] of activities.entries())
          try {
            ids.push((await context.sendActivity({ ...activity }))?.id ?? "");
          } catch (error) {
            throw index > 0 && error instanceof SendError ? error.afterAPart() : error;
          }
      });
      return ids.filter((id) => id !== "");
    },
    replace: (reference, activityId, activity) =>
      goOn(reference, async (context) => {
        context.onUpdateActivity((_, updated, next) => {
          delete updated.replyToId;
          return next();
        });
        await context.updateActivity({ ...activity, id: activityId });
      }),
  };
}
