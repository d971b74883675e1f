using Parley.Contacts;
using Parley.Conversations;
using Parley.Log;
using Parley.Tests.Log;

namespace Parley.Tests.Simulation;

/// <summary>Ana, Ben, Kim and Noor, and what they come to wish for: everything the trunk can do, sensible or not.</summary>
internal sealed class Cast(Random random, WorkspaceId workspace)
{
    private static readonly string[] Emoji = ["👍", "🎉", "no", "⛵"];
    private static readonly string[] Labels = ["rig", "Rig", "sails", ""];
    private readonly AgentId[] _agents = [new(Fresh(random)), new(Fresh(random))];
    private readonly TeamId[] _teams = [new(Fresh(random))];
    private readonly InboxId _inbox = new(Fresh(random));
    private readonly BrandId _brand = new(Fresh(random));
    private readonly List<ConversationId> _threads = [];
    private int _wishes;

    public ContactId[] Customers { get; } = [new(Fresh(random)), new(Fresh(random)), new(Fresh(random))];

    public static Guid Fresh(Random random)
    {
        var bytes = new byte[16];
        random.NextBytes(bytes);
        return new Guid(bytes);
    }

    public async Task<Command> Wish(Node node)
    {
        if (_threads.Count < 2 || random.Next(25) == 0)
        {
            return Open();
        }

        var it = Pick(_threads);
        return random.Next(22) switch
        {
            < 6 => new Post(By(random.Next(3) > 0), it, Words(), Rules()),
            6 => new WriteNote(Agent(), it, "A note", [Pick(_agents)]),
            7 => await Target(node, it) is var (of, target) ? new Edit(By(random.Next(2) == 0), it, of, Words(), target) : Open(),
            8 => await Target(node, it) is var (of, target) ? new Delete(Own(target), it, of, target) : Open(),
            9 => await Target(node, it) is var (of, target) ? new React(By(random.Next(2) == 0), it, of, Pick(Emoji), random.Next(2) == 0, target) : Open(),
            10 => new Assign(Agent(), it, random.Next(2) == 0 ? Pick(_agents) : null, random.Next(2) == 0 ? Pick(_teams) : null),
            11 or 12 => new Snooze(Agent(), it, Round(node.Time.Now).AddMinutes(random.Next(-1, 5))),
            13 => new EndSnooze(Agent(), it),
            14 => new Pend(Agent(), it, (PendingOn)random.Next(2)),
            15 => new EndPending(Agent(), it),
            16 => new Close(Agent(), it),
            17 => new Reopen(Agent(), it),
            18 => new Label(Agent(), it, Pick(Labels)),
            19 => new SetPriority(Agent(), it, (Priority)random.Next(4)),
            20 => new Seen(By(random.Next(2) == 0), it, random.Next(0, 40)),
            _ when random.Next(6) == 0 => await Target(node, it) is var (of, target) ? new Redact(Agent(), it, of, "asked", target) : Open(),
            _ when random.Next(12) == 0 => new Erase(Agent(), it, "asked"),
            _ => new Unlabel(Agent(), it, Pick(Labels)),
        };
    }

    private Open Open()
    {
        var it = new ConversationId(Fresh(random));
        _threads.Add(it);
        var contact = Pick(Customers);
        return new Open(new Origin(workspace, new Author(AuthorKind.Contact, contact.Value), Id()), it, _inbox, _brand, "web", contact, Rules(),
            new Introduction(new Subject("guest", contact.Value), [], []), Words());
    }

    private async Task<(long Of, Target? Target)> Target(Node node, ConversationId it)
    {
        var of = random.Next(1, 20);
        return (of, Parley.Conversations.Target.Of(await node.Reader.One(Conversation.Subject(it), of)));
    }

    private Origin By(bool customer) => customer ? new Origin(workspace, new Author(AuthorKind.Contact, Pick(Customers).Value), Id()) : Agent();

    private Origin Agent() => new(workspace, new Author(AuthorKind.Agent, Pick(_agents).Value), Id());

    private Origin Own(Target? target) => target is null || target.Author.Id is null ? Agent() : new Origin(workspace, target.Author, Id());

    private string Id() => $"w{++_wishes}";

    private Content Words() => Content.Of(random.Next(20) == 0 ? "" : $"Word {_wishes}");

    private static Terms Rules() => new("blended", 1);

    /// <summary>Whole minutes, so that times meet.</summary>
    private static DateTimeOffset Round(DateTimeOffset time) => new(time.Ticks - (time.Ticks % TimeSpan.TicksPerMinute), TimeSpan.Zero);

    private T Pick<T>(IReadOnlyList<T> all) => all[random.Next(all.Count)];
}
