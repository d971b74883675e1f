using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Parley.Channels;

/// <summary>How channels work on this installation.</summary>
public sealed record ChannelSettings(
    [Description("Whether channels may call addresses of this very machine, over http too. For tests and for systems that run beside Parley.")] bool AllowLoopback = false,
    [Description("How many messages go out at once."), Range(1, 256)] int AtOnce = 8,
    [Description("How many seconds after a first failure a message is tried again; then twice as long each time."), Range(1, 3_600)] int RetrySeconds = 5,
    [Description("The longest pause between two tries, in seconds."), Range(1, 86_400)] int LongestRetrySeconds = 3_600,
    [Description("After how many seconds a channel whose settings were wrong is tried again by itself."), Range(1, 86_400)] int MendSeconds = 300,
    [Description("For how many days a request that could not be worked is kept."), Range(1, 365)] int KeptDays = 30);
