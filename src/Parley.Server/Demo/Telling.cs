using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;
using Parley.Contacts;
using Parley.Conversations;
using Parley.Log;
using Parley.Workspaces;

namespace Parley.Server.Demo;

/// <summary>Tells one story to the Desk, line by line, with the same commands that the routes issue.</summary>
internal sealed partial class Telling(IServiceProvider services, Lighthouse place, Story story, int number, TimeProvider time)
{
    private readonly Desk _desk = services.GetRequiredService<Desk>();
    private readonly Terms _terms = services.GetRequiredService<Threads>().Terms(place.Workspace, place.Inboxes[story.Inbox]);
    private readonly List<Entry> _said = [];
    private ConversationId _conversation;
    private ContactId _contact;
    private long _last;
    private int _line;

    /// <summary>The contact that the customer is already, having been there before.</summary>
    public ContactId? Known { get; init; }

    private InboxId Inbox => place.Inboxes[story.Inbox];

    private Author Customer => new(AuthorKind.Contact, _contact.Value);

    /// <summary>Tells the next line. The clock stands at its time.</summary>
    public async Task Tell(Line line)
    {
        _line++;
        var byCustomer = line.Who == story.Short;
        if (_line == 1)
        {
            await Begin(line);
            return;
        }

        var author = byCustomer ? Customer : new Author(AuthorKind.Agent, place.Agents[line.Who].Value);
        // Who writes has read what stands there; the other side's screen has got it.
        var read = _last == 0 ? Task.CompletedTask : Do(new Seen(Origin(author, "read"), _conversation, _last));
        var command = await Command(line, author, Origin(author, "line"));
        var outcome = await Do(command);
        await read;
        if (outcome.Entries.LastOrDefault(entry => entry.Type is "message" or "note") is { } entry)
        {
            _said.Add(entry);
            _last = entry.Seq;
            if (!byCustomer && line.Verb != "notes")
            {
                await Do(new Deliver(Origin(Author.System, "delivered"), _conversation, Customer, _last));
            }
        }
    }

    /// <summary>The story is told: on what is closed or older than a day nothing is left to be read, and what somebody looks after is new to them alone.</summary>
    public async Task End(DateTimeOffset now, DateTimeOffset end)
    {
        var over = story.Lines[^1].Verb == "closes" || now - end >= TimeSpan.FromHours(20);
        if (over)
        {
            await Do(new Seen(Origin(Customer, "end"), _conversation, _last));
        }

        var keeper = Keeper();
        foreach (var (name, agent) in place.Agents.Where(one => over || (keeper is not null && keeper != one.Key && !IsMentioned(one.Key))))
        {
            await Do(new Seen(Origin(new Author(AuthorKind.Agent, agent.Value), $"end:{name}"), _conversation, _last));
        }
    }

    /// <summary>Who looks after it in the end: to whom it was given, or who answered.</summary>
    private string? Keeper() => story.Lines.AsEnumerable().Reverse()
        .Select(line => line.Verb == "assigns" ? line.Text.Split(' ').FirstOrDefault(place.Agents.ContainsKey) : line.Verb == "says" && place.Agents.ContainsKey(line.Who) ? line.Who : null)
        .FirstOrDefault(name => name is not null);

    private bool IsMentioned(string name) => story.Lines.Any(line => line.Verb == "notes" && line.Text.Contains($"@{name}", StringComparison.Ordinal));

    private async Task Begin(Line line)
    {
        _conversation = ConversationId.New(time);
        _contact = Known ?? ContactId.New(time);
        var device = Platform.Base32.Encode(Guid.CreateVersion7(time.GetUtcNow()));
        var visit = new Visit(device, Devices[number % Devices.Length], story.Language, Zone(story.Language), Page.Of(PageOf(), "Lighthouse", "https://www.example.org/"));
        var claims = new Described(story.Known ? Source.Vouched : Source.Typed, story.Customer, story.Email);
        if (Known is not null)
        {
            await Do(new NoteVisit(Origin(Customer, "visit"), _contact, visit));
        }
        else if (story.Known)
        {
            var sub = story.Short.ToLowerInvariant();
            await Do(new Recognise(Origin(Customer, "known"), _contact, place.Brand.ToString(), sub, claims));
            await Do(new NoteVisit(Origin(Customer, "visit"), _contact, visit));
        }

        var introduction = Introducing.Of(_contact, "web", _conversation, Inbox, device, new Acquaintance(time.GetUtcNow(), visit, claims));
        var opened = await Do(new Open(Origin(Customer, "line"), _conversation, Inbox, place.Brand, "web", _contact, _terms, introduction, await Says(line, Customer)));
        _said.Add(opened.Entries.Last(entry => entry.Type == "message"));
        _last = _said[0].Seq;
    }

    private async Task<Command> Command(Line line, Author author, Origin origin) => line.Verb switch
    {
        "says" or "sends" => new Post(origin, _conversation, await Says(line, author), _terms),
        "quotes" => new Post(origin, _conversation, Content.Of(line.Text) with { Quote = Named(line).Seq }, _terms, Target.Of(Named(line))),
        "offers" or "measures" or "asks" => new Post(origin, _conversation, Structured.Of(line), _terms) { Form = Structured.Measurements, Language = story.Language },
        "picks" or "fills" => Structured.Answer(new Post(origin, _conversation, Content.Of(""), _terms) { Language = story.Language, Contact = _contact }, Named(line), line),
        "rates" => new Rate(origin, _conversation, Named(line).Seq, line.Text[0] - '0', line.Text[1..], Question.Of(Named(line))),
        "notes" => new WriteNote(origin, _conversation, line.Text, Mentioned(line.Text)),
        "edits" => new Edit(origin, _conversation, Named(line).Seq, Content.Of(line.Text), Target.Of(Named(line))),
        "deletes" => new Delete(origin, _conversation, Named(line).Seq, Target.Of(Named(line))),
        "reacts" => new React(origin, _conversation, Named(line).Seq, line.Text, On: true, Target.Of(Named(line))),
        "labels" => new Label(origin, _conversation, line.Text),
        "priority" => new SetPriority(origin, _conversation, Enum.Parse<Priority>(line.Text, ignoreCase: true)),
        "pends" => new Pend(origin, _conversation, line.Text == "customer" ? PendingOn.Customer : PendingOn.ThirdParty),
        "unpends" => new EndPending(origin, _conversation),
        "snoozes" => new Snooze(origin, _conversation, time.GetUtcNow() + Story.Until(line)),
        "assigns" => Assigned(line, origin),
        "closes" => new Close(origin, _conversation),
        "reopens" => new Reopen(origin, _conversation),
        _ => throw new FormatException($"Nobody knows how to tell '{line.Verb}'."),
    };

    private Assign Assigned(Line line, Origin origin)
    {
        var names = line.Text.Split(' ');
        AgentId? agent = names.Where(place.Agents.ContainsKey).Select(name => (AgentId?)place.Agents[name]).FirstOrDefault();
        TeamId? team = names.Where(place.Teams.ContainsKey).Select(name => (TeamId?)place.Teams[name]).FirstOrDefault();
        return new Assign(origin, _conversation, agent, team);
    }

    private async Task<Content> Says(Line line, Author author)
    {
        var content = Content.Of(line.Text);
        if (line.Verb != "sends")
        {
            return content;
        }

        var file = await Lighthouse.Keep(services, place.Workspace, author, line.Subject, time);
        return content with
        {
            Type = file.Width is null ? "file" : "image",
            Files = [new FileCard(file.Id, file.Name, file.Size, file.Mime, file.Width, file.Height)],
        };
    }

    private Entry Named(Line line) => _said[int.Parse(line.Subject, CultureInfo.InvariantCulture) - 1];

    private ImmutableArray<AgentId>? Mentioned(string text)
    {
        var names = Mention().Matches(text).Select(match => match.Groups[1].Value).Where(place.Agents.ContainsKey).Select(name => place.Agents[name]).Distinct().ToImmutableArray();
        return names.IsEmpty ? null : names;
    }

    private async Task<Outcome> Do(Command command)
    {
        var outcome = await _desk.Handle(command);
        return outcome.Refusal is { } refusal ? throw new InvalidOperationException($"{story.Customer}, line {_line}: {refusal.Code}, {refusal.Detail}") : outcome;
    }

    private Origin Origin(Author author, string what) =>
        new(place.Workspace, author, $"demo:{number}:{_line}:{what}") { Via = author.Kind == AuthorKind.Contact ? new Via(Inbox) : null };

    private string PageOf() => story.Inbox == Lighthouse.Loft ? "https://lighthouse.test/loft" : Pages[number % Pages.Length];

    private static string Zone(string language) => language switch { "de" => "Europe/Berlin", "nl" => "Europe/Amsterdam", "es" => "Europe/Madrid", _ => "Europe/London" };

    private static readonly string[] Pages =
        ["https://lighthouse.test/", "https://lighthouse.test/skerry", "https://lighthouse.test/fulmar", "https://lighthouse.test/tern", "https://lighthouse.test/petrel", "https://lighthouse.test/orders"];

    private static readonly string[] Devices =
    [
        "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36",
        "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Mobile/15E148 Safari/604.1",
        "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Safari/605.1.15",
        "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0",
        "Mozilla/5.0 (Linux; Android 15; Pixel 9) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Mobile Safari/537.36",
    ];

    [GeneratedRegex(@"@(\p{L}+)")]
    private static partial Regex Mention();
}
