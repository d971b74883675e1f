using Parley.Conversations;
using Parley.Workspaces;

namespace Parley.Routing;

/// <summary>
/// What a conversation costs the agent who has it, in thirds of a unit: one whole that is live, paused, or waits for them alone; a third where a message waits for
/// their answer; else nothing. In thirds, so that three messages are one unit and not nearly one.
/// </summary>
internal static class Weights
{
    public const int Unit = 3;

    public const int Owed = 1;

    public static int Of(Mode mode, Status status, bool owed) => Of(mode, status, owed, Giving.Usual);

    /// <param name="giving">What each costs in this inbox.</param>
    public static int Of(Mode mode, Status status, bool owed, Giving giving) => (mode, status) switch
    {
        (_, Status.Closed) => 0,
        (Mode.Live or Mode.Paused or Mode.Waiting, _) => giving.TalkThirds ?? Unit,
        (Mode.Messaging or Mode.Dormant, not Status.Snoozed) when owed => giving.LetterThirds ?? Owed,
        _ => 0,
    };
}
