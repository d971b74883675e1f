using Parley.Contacts;
using Parley.Conversations;
using Parley.Log;
using Parley.Tests.Log;
using Parley.Workspaces;

namespace Parley.Tests.Simulation;

/// <summary>Some customers, Kim and Noor, and what they come to wish for: everything the trunk can do, sensible or not.</summary>
internal sealed class Cast(Random random, WorkspaceId workspace)
{
    private static readonly string[] Emoji = ["👍", "🎉", "no", "⛵"];
    private static readonly string[] Labels = ["rig", "Rig", "sails", ""];
    private readonly TeamId[] _teams = [new(Fresh(random))];
    private readonly BrandId _brand = new(Fresh(random));
    private readonly List<ConversationId> _threads = [];
    private readonly Asker _asker = new(random, workspace);
    private readonly Dictionary<ConversationId, OfferId> _offers = [];
    private int _wishes;
    private long _numbers;

    public ContactId[] Customers { get; } = [new(Fresh(random)), new(Fresh(random)), new(Fresh(random)), new(Fresh(random))];

    public AgentId[] Agents { get; } = [new(Fresh(random)), new(Fresh(random))];

    /// <summary>The second is closed to Noor.</summary>
    public InboxId[] Inboxes { get; } = [new(Fresh(random)), new(Fresh(random))];

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
            return random.Next(2) == 0 ? Open() : _asker.Filled(Open(), $"w{_wishes}");
        }

        var it = Pick(_threads);
        return random.Next(4) == 0 ? Moved(it, node) : await Said(it, node);
    }

    /// <summary>Who comes and goes, who is offered what, who wishes to talk: what moves a conversation between live and messaging.</summary>
    private ConversationCommand Moved(ConversationId it, Node node)
    {
        var (agent, offer) = (Pick(Agents), _offers.GetValueOrDefault(it));
        var system = new Origin(workspace, Author.System, Id());
        ConversationCommand moved = random.Next(14) switch
        {
            0 => new ContactCame(system, it, ++_numbers),
            1 or 2 => new ContactLeft(system, it, random.Next(5) == 0 ? _numbers / 2 : ++_numbers),
            3 => new AgentCame(system, it, agent, ++_numbers),
            4 => new AgentLeft(system, it, agent, ++_numbers),
            5 or 6 or 7 => new OfferTo(system, it, _offers[it] = new OfferId(Fresh(random)), agent),
            8 or 9 => new AcceptOffer(Agent(), it, offer, agent),
            10 => new DeclineOffer(Agent(), it, offer, agent),
            11 => new RequestLive(By(customer: true), it),
            12 => new EndSession(By(random.Next(2) == 0), it),
            _ => new GoOnLater(Agent(), it, agent, random.Next(2) == 0 ? Round(node.Time.Now).AddHours(random.Next(1, 5)) : null),
        };
        return moved with { Moment = Now() };
    }

    private async Task<Command> Said(ConversationId it, Node node)
    {
        return random.Next(36) switch
        {
            < 6 => new Post(By(random.Next(3) > 0), it, Words(), Rules()) { Moment = Now() },
            6 => new WriteNote(Agent(), it, "A note", [Pick(Agents)]),
            7 => await Target(node, it) is var (of, target) ? new Edit(By(random.Next(2) == 0), it, of, Words(), target) : Open(),
            8 => await _asker.Doomed(node, it) is var (of, target) ? new Delete(Own(target), it, of, target) : Open(),
            9 => await Target(node, it) is var (of, target) ? new React(By(random.Next(2) == 0), it, of, Pick(Emoji), random.Next(2) == 0, target) : Open(),
            10 => new Assign(Agent(), it, random.Next(2) == 0 ? Pick(Agents) : null, random.Next(2) == 0 ? Pick(_teams) : null) { Moment = Now() },
            11 or 12 => new Snooze(Agent(), it, Round(node.Time.Now).AddMinutes(random.Next(-1, 5))),
            13 => new EndSnooze(Agent(), it),
            14 => new Pend(Agent(), it, (PendingOn)random.Next(2)),
            15 => new EndPending(Agent(), it),
            16 => _asker.Close(Agent(), it),
            17 => new Reopen(Agent(), it),
            18 => new Label(Agent(), it, Pick(Labels)),
            19 => new SetPriority(Agent(), it, (Priority)random.Next(4)),
            20 => new Seen(By(random.Next(2) == 0), it, random.Next(0, 40)),
            22 or 23 => new Describe(Agent(), Pick(Customers), new Described(Source.Agent, $"Name {_wishes}", random.Next(2) == 0 ? $"mail{_wishes}@sea.example" : null)),
            25 or 26 or 27 => _asker.Ask(Agent(), it, Rules()),
            >= 28 and < 34 => await _asker.Answer(node, it, Id(), Rules()),
            34 => await _asker.Doomed(node, it) is var (of, target) ? new Redact(Agent(), it, of, "asked", target) : Open(),
            24 => random.Next(6) == 0 ? new EraseContact(Agent(), Pick(Customers), "asked") : new Join(By(customer: true), Pick(Customers), Pick(Customers), "laptop"),
            _ when random.Next(20) == 0 => new Erase(Agent(), it, "asked"),
            _ => new Unlabel(Agent(), it, Pick(Labels)),
        };
    }

    private Open Open()
    {
        var it = new ConversationId(Fresh(random));
        _threads.Add(it);
        var (contact, inbox) = (Pick(Customers), Pick(Inboxes));
        return new Open(new Origin(workspace, new Author(AuthorKind.Contact, contact.Value), Id()), it, inbox, _brand, "web", contact, Rules(),
            Introducing.Of(contact, "web", it, inbox, "laptop", new Acquaintance(default, Claims: new Described(Source.Typed, $"Guest {_wishes}"))), Words()) { Moment = Now() };
    }

    /// <summary>Who is here changes faster than anybody could follow.</summary>
    private Moment Now() => new()
    {
        Open = random.Next(5) > 0,
        Floor = new Floor(random.Next(3), 1, 0),
        Contact = new Here(random.Next(3) > 0, _numbers),
        Agent = new Here(random.Next(3) > 0, _numbers),
        Learned = _numbers % 3 == 0 ? new Learned(Like.Staffed, 40, TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(4), TimeSpan.FromMinutes(9)) : null,
    };

    private async Task<(long Of, Target? Target)> Target(Node node, ConversationId it)
    {
        var of = random.Next(1, 20);
        return (of, Parley.Conversations.Target.Of(await node.Reader.One(Conversation.Subject(it), of)));
    }

    private Origin By(bool customer) => customer ? new Origin(workspace, new Author(AuthorKind.Contact, Pick(Customers).Value), Id()) : Agent();

    private Origin Agent() => new(workspace, new Author(AuthorKind.Agent, Pick(Agents).Value), Id());

    private Origin Own(Target? target) => target is null || target.Author.Id is null ? Agent() : new Origin(workspace, target.Author, Id());

    private string Id() => $"w{++_wishes}";

    private Content Words() => Content.Of(random.Next(20) == 0 ? "" : $"Word {_wishes}");

    private Terms Rules() => new(random.Next(6) switch { 0 => "strictLive", 1 => "messaging", _ => "blended" }, 1) { Switches = random.Next(3) == 0 ? new Switches { WhenClosed = WhenClosed.Messaging, GraceSeconds = 20 } : null };

    /// <summary>Whole minutes, so that times meet.</summary>
    private static DateTimeOffset Round(DateTimeOffset time) => new(time.Ticks - (time.Ticks % TimeSpan.TicksPerMinute), TimeSpan.Zero);

    private T Pick<T>(IReadOnlyList<T> all) => all[random.Next(all.Count)];
}
