using System.ComponentModel;

namespace Parley.Platform.Push;

/// <summary>How pushes to browsers go out.</summary>
public sealed record PushSettings(
    [Description("Pushes say only that there is something, and where: no names and no words, not even encrypted.")] bool Private = false,
    [Description("Pushes may go to this machine, unencrypted too. For tests; anybody who may subscribe could have the server call what listens here.")] bool AllowLoopback = false);
