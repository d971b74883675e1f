using Parley.Platform;

namespace Parley.Conversations;

public sealed class ConversationIds : IIdKind { public static string Prefix => "cnv"; }

public sealed class OfferIds : IIdKind { public static string Prefix => "ofr"; }
