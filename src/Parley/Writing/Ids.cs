using Parley.Platform;

namespace Parley.Writing;

public sealed class MacroIds : IIdKind { public static string Prefix => "mcr"; }

public sealed class ReplyIds : IIdKind { public static string Prefix => "rpl"; }
