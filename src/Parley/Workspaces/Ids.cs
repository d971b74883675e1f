using Parley.Platform;

namespace Parley.Workspaces;

public sealed class BrandIds : IIdKind { public static string Prefix => "brd"; }

public sealed class InboxIds : IIdKind { public static string Prefix => "inb"; }

public sealed class TeamIds : IIdKind { public static string Prefix => "tea"; }

public sealed class AgentIds : IIdKind { public static string Prefix => "agt"; }

public sealed class TokenIds : IIdKind { public static string Prefix => "tok"; }

public sealed class InvitationIds : IIdKind { public static string Prefix => "ivt"; }

public sealed class ViewIds : IIdKind { public static string Prefix => "viw"; }
