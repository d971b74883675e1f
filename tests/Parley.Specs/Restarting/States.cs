using Parley.Conversations;
using Profile = Parley.Workspaces.Profile;

namespace Parley.Specs.Restarting;

/// <summary>Every state of the machine with every clock that may run in it, and how a conversation comes there.</summary>
internal static class States
{
    private static readonly Profile[] Sessions = [Profile.StrictLive];
    private static readonly Profile[] Talking = [Profile.StrictLive, Profile.Blended];
    private static readonly Profile[] Threads = [Profile.Messaging, Profile.Blended];
    private static readonly Profile[] Every = [Profile.StrictLive, Profile.Messaging, Profile.Blended];

    internal sealed record State(string Name, Profile[] Profiles, Mode Mode, Func<Play, Task> Play);

    public static readonly State[] All =
    [
        new("waiting", Talking, Mode.Waiting, play => play.Opens()),
        new("waiting, asked for patience", Talking, Mode.Waiting, play => Then(play.Opens(), () => play.After(70))),
        new("waiting, promised", Talking, Mode.Waiting, play => Then(play.Opens(), () => play.After(130))),
        new("waiting, offered", Talking, Mode.Waiting, play => Then(play.Opens(), () => play.Offered(), () => play.After(5))),
        new("waiting, offered to a second", Talking, Mode.Waiting, play => Then(play.Opens(), play.OfferedToTwo, () => play.After(5))),
        new("waiting, promised and offered", Talking, Mode.Waiting, play => Then(play.Opens(), () => play.After(130), () => play.Offered(), () => play.After(5))),
        new("waiting, the customer is gone", Talking, Mode.Waiting, play => Then(play.Opens(), () => play.After(10), play.Leaves, () => play.After(20))),
        new("waiting again, the agent dropped out", Talking, Mode.Waiting, play => Then(play.Live(), () => play.After(40), play.AgentLeaves, () => play.After(35))),
        new("waiting, asked to talk now", [Profile.Blended], Mode.Waiting, play => Then(play.Alone().Opens(), play.Answers, () => play.After(100), play.AsksToTalk, () => play.After(20))),
        new("live, an answer is owed", Talking, Mode.Live, play => Then(play.Live(), () => play.After(20))),
        new("live, nudged", Talking, Mode.Live, play => Then(play.Live(), () => play.After(200))),
        new("live, answered", Talking, Mode.Live, play => Then(play.Live(), play.Answers, () => play.After(30))),
        new("live, answered and owed again", Talking, Mode.Live, play => Then(play.Live(), play.Answers, play.Writes, () => play.After(30))),
        new("live, asked whether they are still there", Sessions, Mode.Live, play => Then(play.Live(), play.Answers, () => play.After(250))),
        new("live, the agent is gone", Talking, Mode.Live, play => Then(play.Live(), play.AgentLeaves, () => play.After(5))),
        new("paused, an answer is owed", Talking, Mode.Paused, play => Then(play.Live(), play.Leaves, () => play.After(20))),
        new("paused, answered", Talking, Mode.Paused, play => Then(play.Live(), play.Answers, play.Leaves, () => play.After(60))),
        new("paused, both are gone", Talking, Mode.Paused, play => Then(play.Live(), play.Answers, play.Leaves, play.AgentLeaves, () => play.After(20))),
        new("messaging, promised, nobody has it", Every, Mode.Messaging, play => Then(play.Alone().Opens(), () => play.After(60))),
        new("messaging, promised, an agent has it", Every, Mode.Messaging, play => Then(play.Alone().Opens(), play.Assigned, () => play.After(60))),
        new("messaging, promised a last time", Every, Mode.Messaging, play => Then(play.Alone().Opens(), () => play.After(86_400 - 600))),
        new("messaging, about to be doubted", Every, Mode.Messaging, play => Then(play.Alone().Opens(), () => play.After(86_400 - 1_200))),
        new("messaging, the promise is broken", Every, Mode.Messaging, play => Then(play.Alone().Opens(), () => play.After((2 * 86_400) + 3_600))),
        new("messaging, the agent comes back soon", Every, Mode.Messaging, play => Then(play.Alone().Opens(), () => play.Later(TimeSpan.FromMinutes(5)), () => play.After(60))),
        new("messaging, the agent comes back another day", Every, Mode.Messaging, play => Then(play.Alone().Opens(), () => play.Later(TimeSpan.FromDays(2)), () => play.After(60))),
        new("messaging, answered", Every, Mode.Messaging, play => Then(play.Alone().Opens(), play.Answers, () => play.After(100))),
        new("messaging, left with an answer owed", [Profile.Blended], Mode.Messaging, play => Then(play.Live(), play.Leaves, () => play.After(130))),
        new("snoozed for minutes", Threads, Mode.Messaging, play => Then(play.Alone().Opens(), play.Answers, () => play.Snoozes(TimeSpan.FromMinutes(5)), () => play.After(30))),
        new("snoozed for days", Threads, Mode.Messaging, play => Then(play.Alone().Opens(), play.Answers, () => play.Snoozes(TimeSpan.FromDays(1)), () => play.After(30))),
        new("pending", Threads, Mode.Messaging, play => Then(play.Alone().Opens(), play.Answers, play.Pends, () => play.After(30))),
        new("dormant", Threads, Mode.Dormant, play => Then(play.Alone().Opens(), play.Answers, () => play.After((2 * 86_400) + 60))),
        new("about to rest", Threads, Mode.Messaging, play => Then(play.Alone().Opens(), play.Answers, () => play.After((2 * 86_400) - 60))),
        new("closed", Threads, Mode.Messaging, play => Then(play.Alone().Opens(), play.Answers, play.Closes, () => play.After(30))),
        new("ended", Sessions, Mode.Ended, play => Then(play.Live(), play.Answers, play.Ends, () => play.After(30))),
        new("ended with an answer owed", Sessions, Mode.Ended, play => Then(play.Live(), play.Leaves, () => play.After(130))),
        new("spam", Threads, Mode.Messaging, play => Then(play.Alone().Opens(), play.IsSpam, () => play.After(30))),
        new("erased", Threads, Mode.Messaging, play => Then(play.Alone().Opens(), play.IsErased, () => play.After(30))),
    ];

    private static async Task Then(Task first, params Func<Task>[] next)
    {
        await first;
        foreach (var step in next)
        {
            await step();
        }
    }
}
