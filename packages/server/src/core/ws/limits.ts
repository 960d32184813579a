/** What one live connection may cost. */
export interface WsLimits {
  /** Largest message a client may send; a larger one closes the connection (1009). */
  readonly messageBytes: number;
  /** Messages a client may send between two heartbeats; more close the connection (1008). */
  readonly messagesPerBeat: number;
  readonly subscriptions: number;
  readonly connectionsPerUser: number;
  /** Unsent bytes from which on messages are dropped until the connection has drained. */
  readonly slowBytes: number;
  /** Unsent bytes at which the connection is closed (1013). */
  readonly stuckBytes: number;
  /** Between two pings; a connection that answered none of them in that time is dropped. */
  readonly beatMs: number;
  /** How long closing connections may take when the server stops. */
  readonly closeMs: number;
}

export const defaultLimits: WsLimits = {
  messageBytes: 4_096,
  messagesPerBeat: 300,
  subscriptions: 50,
  connectionsPerUser: 20,
  slowBytes: 1_048_576,
  stuckBytes: 8_388_608,
  beatMs: 30_000,
  closeMs: 2_000,
};
