/** A part of a channel's configuration, in the JSON of `configtxlator`; only what we change is spelled out. */
export interface ConfigGroup {
  readonly groups: Record<string, ConfigGroup>;
  readonly values: Record<string, ConfigValue>;
  readonly policies: Record<string, ConfigPolicy>;
  /** Counts the changes of what is in it, not of the parts. */
  readonly version?: string;
  /** The name of the policy by which it is changed. */
  readonly mod_policy?: string;
}

/** A value, with the count of its changes. */
export interface ConfigValue {
  value: unknown;
  readonly version?: string;
  readonly mod_policy?: string;
}

/** A policy, with the count of its changes. */
export interface ConfigPolicy {
  policy: { readonly type?: number; value: unknown };
  readonly version?: string;
  readonly mod_policy?: string;
}

/** The groups of a channel that organisations belong to. */
export interface ChannelGroups extends Record<string, ConfigGroup> {
  readonly Application: ConfigGroup;
  readonly Orderer: ConfigGroup;
}

/** The whole channel: its own policies and values beside the groups. */
export interface ChannelGroup extends ConfigGroup {
  readonly groups: ChannelGroups;
}

/** What a configuration block holds. */
export interface Config {
  /** Counts the changes. */
  readonly sequence: string;
  readonly channel_group: ChannelGroup;
}

/** What somebody wants changed: the channel as it is, to be changed in place, and as the description would make it today. */
export type ChannelChange = (channel: ChannelGroup, generated: ChannelGroup) => void;
