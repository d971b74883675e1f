using System.Text.Json;
using System.Text.Json.Nodes;
using Parley.Contacts;
using Parley.Conversations;
using Parley.Log;
using Parley.Platform;
using Parley.Workspaces;
using Profile = Parley.Workspaces.Profile;
using Shouldly;
using static Parley.Tests.Conversations.Story;

namespace Parley.Tests.Conversations;

/// <summary>
/// A conversation that is played as the product plays it, without a store: what is decided is written, wake-ups come when they are due, and who is here,
/// who is online and whether it is open is set by hand. What was written last is told in one line an entry.
/// </summary>
internal sealed class Scene
{
    private static readonly ConversationKind Kind = new();
    private static readonly EntryTypes Types = new(ConversationKind.Entries);

    private readonly Terms _terms;
    private int _number;
    private int _commands;

    public Scene(Profile profile = Profile.Blended, Switches? switches = null) =>
        _terms = new Terms(JsonNamingPolicy.CamelCase.ConvertName(profile.ToString()), 72) { Switches = switches };

    public static OfferId OfferId { get; } = OfferId.From([.. new byte[15], 50]);

    public DateTimeOffset Now { get; private set; } = Noon;

    public Conversation State { get; private set; } = Conversation.None;

    public List<Entry> Log { get; } = [];

    /// <summary>What the last command wrote, or what it was refused with.</summary>
    public string Last { get; private set; } = "";

    /// <summary>Whether Ana has a stream.</summary>
    public bool AnaHere { get; set; } = true;

    /// <summary>Whether the agents have.</summary>
    public HashSet<AgentId> Here { get; } = [Kim, Noor];

    public int Waiting { get; set; }

    /// <summary>All who are here have all they can.</summary>
    public bool Full { get; set; }

    public bool Open { get; set; } = true;

    public DateTimeOffset? OpensAt { get; set; }

    public TimeSpan? Wait { get; set; }

    public string Device { get; set; } = "laptop";

    public bool AsksRating { get; set; }

    public DateTimeOffset? Typed { get; set; }

    public DateTimeOffset? Back { get; set; }

    /// <summary>Whether who has it has no room to owe one answer more.</summary>
    public bool Over { get; set; }

    /// <summary>Whether it is known where Ana is mailed what she has not seen.</summary>
    public bool Mailed { get; set; }

    public Learned? Learned { get; set; }

    public Calendar Hours { get; set; } = Calendar.Always;

    /// <summary>What the inbox is set to now; null: as it was when the scene began.</summary>
    public Terms? Turned { get; set; }

    /// <summary>Since when we are there.</summary>
    public DateTimeOffset? Up { get; set; }

    public IEnumerable<string> Told => Log.Select(Telling).OfType<string>();

    public Moment Moment(AgentId? agent = null) => new()
    {
        Open = Open, OpensAt = OpensAt, Floor = new Floor(Here.Count, Full ? 0 : Here.Count, Waiting, High: Wait), Contact = new Here(AnaHere, _number),
        Agent = (agent ?? State.Agent) is { } concerned ? new Here(Here.Contains(concerned), _number) : default, Device = Device, AsksRating = AsksRating, Up = Up, Typed = Typed, Back = Back, Over = Over, Mails = Mailed, Addressed = Mailed, Home = Sails, Learned = Learned, Hours = Hours, Terms = Turned,
        Telling = Parley.Conversations.Telling.Plain with { Names = id => id == Kim ? "Kim" : "Noor" },
    };

    public Scene Opens(string text = "Hello?") => Does(by => new Open(by, It, Shop, Story.Brand, "web", Ana, _terms, new Introduction(new Subject("contact", Ana.Value), [], []), Content.Of(text)) { Languages = ["en"] }, ByAna);

    public Scene Writes(string text = "And?") => Does(by => new Post(by, It, Content.Of(text), _terms), ByAna);

    public Scene Answers(AgentId agent, string text = "Yes") => Does(by => new Post(by, It, Content.Of(text), _terms), By(agent), agent);

    public Scene Offered(AgentId agent) => Does(by => new OfferTo(by, It, OfferId, agent), System, agent);

    public Scene Accepts(AgentId agent) => Does(by => new AcceptOffer(by, It, OfferId, agent), By(agent), agent);

    public Scene Declines(AgentId agent) => Does(by => new DeclineOffer(by, It, OfferId, agent), By(agent), agent);

    public Scene AnaLeaves()
    {
        AnaHere = false;
        return Does(by => new ContactLeft(by, It, ++_number), System);
    }

    public Scene AnaComes()
    {
        AnaHere = true;
        return Does(by => new ContactCame(by, It, ++_number), System);
    }

    public Scene Leaves(AgentId agent)
    {
        Here.Remove(agent);
        return Does(by => new AgentLeft(by, It, agent, ++_number), System);
    }

    public Scene Comes(AgentId agent)
    {
        Here.Add(agent);
        return Does(by => new AgentCame(by, It, agent, ++_number), System);
    }

    public Scene Closes(AgentId agent) => Does(by => new Close(by, It), By(agent), agent);

    public Scene Does(Func<Origin, ConversationCommand> command, Origin by, AgentId? agent = null) => Do(command(by with { ClientId = $"{++_commands}" }) with { Moment = Moment(agent) });

    public Scene Do(Command command)
    {
        var decision = Kind.Decide(State, command, new Deciding(Now, Log.Count, command.Others.ToDictionary(subject => subject, _ => ((object)"", 1L))));
        if (decision.Refusal is { } refusal)
        {
            decision.Drafts.ShouldBeEmpty();
            Last = $"refused {refusal.Code}";
            return this;
        }

        var from = Log.Count;
        foreach (var draft in decision.Drafts.Where(draft => draft.Subject is null))
        {
            Append(command, draft);
        }

        Last = from == Log.Count ? "nothing" : string.Join(", ", Log.Skip(from).Select(entry => Line(entry)));
        return this;
    }

    /// <summary>Time passes, and whatever is due meanwhile is done, as the wake-ups of the product do it.</summary>
    public Scene After(double seconds)
    {
        var (until, said) = (Now.AddSeconds(seconds), new List<string>());
        for (var rounds = 0; Kind.Due(State) is { } due && due <= until; rounds++)
        {
            rounds.ShouldBeLessThan(50, $"It is woken again and again: {Last}");
            Now = due > Now ? due : Now.AddMilliseconds(1);
            Wake();
            said.Add(Last);
        }

        Now = until > Now ? until : Now;
        said.RemoveAll(line => line == "nothing");
        Last = said.Count == 0 ? "nothing" : string.Join(", ", said);
        return this;
    }

    public Scene Wake() => Does(by => new Wake(by, It), System);

    public DateTimeOffset? Due => Kind.Due(State);

    public Scene ShouldSay(string expected)
    {
        Last.ShouldBe(expected);
        return this;
    }

    public static Origin By(AgentId agent) => agent == Kim ? ByKim : ByNoor;

    public static Origin System => ByKim with { Author = Author.System };

    private static string? Telling(Entry entry) => Body(entry)["told"] is JsonObject told ? told["code"]!.GetValue<string>() : null;

    private static JsonObject Body(Entry entry) => JsonNode.Parse(entry.BodyJson)!.AsObject();

    /// <summary>An entry as one reads it: its type, what is in it (times from now on), and in brackets what the customer was told.</summary>
    private string Line(Entry entry)
    {
        var body = Body(entry);
        var words = new List<string> { entry.Type };
        if (entry.Body is Message or Parley.Conversations.Opened or EpisodeOpened or Assigned)
        {
            if (entry.Body is Assigned assigned)
            {
                words.Add($"{Name(assigned.Agent)} {assigned.Cause}");
            }

            return string.Join(' ', words);
        }

        if (entry.Body is ModeChanged changed)
        {
            return $"{changed.From} → {changed.To} ({changed.Cause})".ToLowerInvariant();
        }

        foreach (var (name, value) in body.Where(field => field.Key is not ("told" or "offer" or "number" or "contact" or "holder" or "made" or "episode" or "tookMs" or "basis" or "spoken")))
        {
            words.Add(Word(name, value));
        }

        if (Telling(entry) is { } told)
        {
            words.Add($"[{told}]");
        }

        return string.Join(' ', words.Where(word => word.Length > 0));
    }

    private string Word(string name, JsonNode? value)
    {
        if (value is not JsonValue one || !one.TryGetValue<string>(out var text))
        {
            var json = value?.ToJsonString() ?? "";
            return json == "true" ? name : json;
        }

        return DateTimeOffset.TryParse(text, null, global::System.Globalization.DateTimeStyles.AssumeUniversal, out var time) ? $"{Span(time - Now)}" : AgentId.Parse(text) is { IsEmpty: false } agent ? Name(agent) : text;
    }

    private static string Span(TimeSpan span) => (span < TimeSpan.Zero ? "−" : "+") + (span.Duration() is var time && time.TotalDays >= 1 ? $"{time.TotalDays:0.##}d" : time.TotalHours >= 1 ? $"{time.TotalHours:0.##}h" : $"{time.TotalSeconds:0.##}s");

    private static string Name(AgentId? agent) => agent is null ? "nobody" : agent == Kim ? "Kim" : agent == Noor ? "Noor" : "somebody";

    private void Append(Command command, Draft draft)
    {
        var type = Types.Of(draft.Body);
        var entry = new Entry
        {
            Workspace = Lighthouse, Subject = command.Subject, Seq = Log.Count + 1, Position = Log.Count + 1, At = Now, Type = type.Name, V = type.V,
            Author = draft.Author ?? command.Origin.Author, Visibility = draft.Visibility ?? draft.Body.Visibility, Command = command.Origin.ClientId, Body = draft.Body,
        };
        Log.Add(entry);
        State = (Conversation)Kind.Apply(State, entry);
        Kind.Write(Kind.Read(Kind.Write(State))).ShouldBe(Kind.Write(State), "A state is read back as it was written.");
    }
}
