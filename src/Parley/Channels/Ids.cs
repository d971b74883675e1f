using Parley.Platform;

namespace Parley.Channels;

/// <summary>What waits to go out to somebody on a channel, or could not.</summary>
public sealed class DeliveryIds : IIdKind { public static string Prefix => "dlv"; }

/// <summary>A request of a provider, as it came.</summary>
public sealed class ArrivalIds : IIdKind { public static string Prefix => "arr"; }
