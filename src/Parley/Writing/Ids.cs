using Parley.Platform;

namespace Parley.Writing;

public sealed class ReplyIds : IIdKind { public static string Prefix => "rpl"; }
