using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Parley.Conversations;

/// <summary>How streams are kept.</summary>
public sealed record StreamSettings(
    [Description("Seconds between two signs of life to a customer's stream."), Range(1, 3_600)] int VisitorBeatSeconds = 30,
    [Description("Seconds between two signs of life to an agent's or a program's stream."), Range(1, 3_600)] int AgentBeatSeconds = 15,
    [Description("Seconds within which a client says hello."), Range(1, 600)] int HelloSeconds = 5,
    [Description("Frames that may wait for one slow client before it is cut."), Range(10, 1_000_000)] int QueueFrames = 2_000,
    [Description("Bytes that may wait for one slow client before it is cut."), Range(10_000, 1_000_000_000)] int QueueBytes = 1_000_000,
    [Description("Streams that one visitor may hold open on a node at once (the tabs of a device share one)."), Range(1, 1_000_000)] int VisitorStreams = 20);
