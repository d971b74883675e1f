using Parley.Platform;

namespace Parley.Log;

public sealed class WorkspaceIds : IIdKind { public static string Prefix => "wsp"; }
