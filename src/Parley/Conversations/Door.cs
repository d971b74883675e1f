using System.Collections.Immutable;
using Microsoft.AspNetCore.Http;
using Parley.Contacts;
using Parley.Conversations.Shapes;
using Parley.Log;
using Parley.Workspaces;

namespace Parley.Conversations;

/// <summary>What every route needs to hand a command to the Desk: the conversation that it may touch, and content with its files found.</summary>
public sealed class Door(Desk desk, Threads threads, Answers answers, FileStore files, People people, Moments moments, Devices devices, ByMail mailed)
{
    public Desk Desk => desk;

    public Threads Threads => threads;

    public async Task<IResult> Do(HttpContext http, ConversationId id, Func<Origin, Command> command)
    {
        await threads.Find(http.Principal(), id);
        return answers.Entries(http, await desk.Handle(command(http.Origin())));
    }

    /// <summary>The same for what may move the conversation from one mode to another.</summary>
    /// <param name="agent">Whom it concerns; null: who holds it.</param>
    public async Task<IResult> Move(HttpContext http, ConversationId id, Func<Origin, ConversationCommand> command, AgentId? agent = null)
    {
        var found = await threads.Find(http.Principal(), id);
        var moment = await moments.Of(http.Principal().Workspace, id, found.State, agent);
        return answers.Entries(http, await desk.Handle(command(http.Origin()) with { Moment = http.Principal() is VisitorPrincipal who ? await On(who, found.State, moment with { Device = who.Device }) : moment }));
    }

    /// <summary>What is true around somebody's word.</summary>
    public ValueTask<Moment> Moment(Principal who, ConversationId id, Conversation it) => who is VisitorPrincipal visitor ? Said(visitor, id, it) : moments.OfAnswer(who, it);

    /// <summary>What is true around somebody's first word; and how many threads they had then.</summary>
    public async ValueTask<(Moment Moment, int Known)> Moment(VisitorPrincipal who, InboxCard inbox)
    {
        var (elsewhere, known) = inbox.Settings.Policy.OneDevice ? await devices.Look(who, inbox.Id) : default;
        return ((await moments.Of(who, inbox)) with { Elsewhere = elsewhere }, known);
    }

    private async ValueTask<Moment> Said(VisitorPrincipal who, ConversationId id, Conversation it) => await On(who, it, await moments.Of(who, id, it));

    /// <summary>Where they may use one device only, and could begin to talk on this one, it matters what they do on the others.</summary>
    private async ValueTask<Moment> On(VisitorPrincipal who, Conversation it, Moment moment) =>
        it is { Policy.OneDevice: true, Mode: Mode.Messaging or Mode.Dormant } ? moment with { Elsewhere = (await devices.Look(who, it.Inbox)).Elsewhere } : moment;

    /// <summary>A customer's word says by which inbox it came.</summary>
    public Origin From(HttpContext http, Origin origin) => http.Principal() is VisitorPrincipal visitor ? origin with { Via = new Via(visitor.Inbox) } : origin;

    /// <summary>The command with all that it names; where that cannot be found the bare one, which the Desk refuses unless it was done before.</summary>
    /// <param name="names">What was sent, where it names what may be gone later; null: it names nothing.</param>
    public static async Task<Command> Fit(Func<Task<Command>> whole, Func<Command> bare, object? names)
    {
        var sent = names is null ? null : System.Text.Json.JsonSerializer.Serialize(names, names.GetType(), Platform.Json.Options);
        try
        {
            var command = await whole();
            return sent is null ? command : command with { Sent = sent };
        }
        catch (Platform.Web.ProblemException refused)
        {
            var why = refused.Problem;
            return bare() with { Sent = sent, Unfit = new Refusal(why.Code, why.Detail, why.Status) { Errors = [.. why.Errors ?? []] } };
        }
    }

    /// <param name="thread">Where it is said; null: by a customer.</param>
    /// <exception cref="Platform.Web.ProblemException">400 <c>mail.notHere</c>: a mail, where none goes.</exception>
    public async Task<Content> Content(Principal who, ContentBody body, (ConversationId? Id, InboxId Inbox)? thread = null)
    {
        if (body.Mail is not null && (thread is not var (id, inbox) || !await mailed(who.Workspace, id, inbox)))
        {
            throw new Platform.Web.ProblemException(new(Mailed.NotHere.Code, Mailed.NotHere.Detail, Mailed.NotHere.Status));
        }

        var found = await Files(who, body.Files);
        var type = body.Type ?? (found is null ? "text" : "file");
        var content = new Content(type, body.Text, body.Format, found, body.Quote, body.Language, who is VisitorPrincipal ? null : threads.Mentioned(who.Workspace, body.Mentions)) { Mail = body.Mail?.Read() }.Cleaned();
        return body.IsPlain ? content : await Structured(who, body, content);
    }

    /// <summary>The entry that is to be taken back, and what of it was noted with a person: with whom the customer was then, or turned out to be.</summary>
    public async Task<Target?> Doomed(Principal who, Found found, long seq)
    {
        var entry = await threads.Entry(who, found, seq);
        return entry?.Body is Message { Content.Type: "formResponse" }
            ? Target.Of(entry)! with { Claims = await people.Noted(who.Workspace, found.State.Contact, new SaidIn(found.Id, seq)) }
            : Target.Of(entry);
    }

    /// <summary>What an answer or a named form is held against. A plain message needs none of it, and is not asked for it.</summary>
    public async Task<Post> Facts(Principal who, Found found, Post post)
    {
        var (inbox, languages) = threads.Inbox(who.Workspace, found.State.Inbox);
        return post with
        {
            Asked = post.Of is { } of ? Question.Of(await threads.Entry(who, found, of)) : null,
            Form = inbox.Form(post.Content.Form?.Id),
            Language = languages[0],
            Contact = who is VisitorPrincipal visitor && post.Content.Type == "formResponse" ? visitor.Person : null,
            Attributes = who is VisitorPrincipal && post.Content.Type == "formResponse" ? threads.Attributes(who.Workspace) : [],
        };
    }

    private async Task<Content> Structured(Principal who, ContentBody body, Content content) => content with
    {
        Replies = body.Replies?.ToImmutableArray(),
        Items = body.Items is { } items ? [.. await Task.WhenAll(items.Select(async item => new ListItem(item.Id, item.Title, item.Text, await Picture(who, item.Image, items.Count), item.Url)))] : null,
        Choose = body.Choose,
        Cards = body.Cards is { } cards ? [.. await Task.WhenAll(cards.Select(async card => new Card(card.Id, card.Title, card.Text, await Picture(who, card.Image, cards.Count), card.Actions?.ToImmutableArray())))] : null,
        Form = body.Form?.Cleaned().Shown(),
        Values = body.Values,
        Location = body.Location,
        Ask = body.Ask,
        Article = body.Article,
        Again = body.Again,
        Choice = body.Choice,
    };

    /// <summary>Each is looked up by itself: never more than may stand in a message, and none for who may send none; what comes of these is refused by what they are.</summary>
    private async Task<FileCard?> Picture(Principal who, FileId? id, int of) =>
        id is { } file && who is not VisitorPrincipal && of <= Conversations.Content.FilesLimit ? (await Files(who, [file]))?[0] : null;

    /// <summary>How a closing asks the customer how it was; null where the inbox does not ask.</summary>
    public async ValueTask<Told?> RatingAsk(WorkspaceId workspace, Found found) => threads.Inbox(workspace, found.State.Inbox) is ({ Rating: true, Voice: var voices }, var languages)
        ? Sayings.Of(Sayings.RatingAsk, voices, (await people.Of(workspace, found.State.Contact))?.Language, languages[0])
        : null;

    /// <exception cref="Platform.Web.ProblemException">400 <c>file.unknown</c>: no such file, somebody else's, or taken by another thread.</exception>
    public async Task<ImmutableArray<FileCard>?> Files(Principal who, IReadOnlyList<FileId>? ids)
    {
        if (ids is null or [])
        {
            return null;
        }

        var found = ImmutableArray.CreateBuilder<FileCard>();
        foreach (var id in ids.Distinct().Take(Conversations.Content.FilesLimit + 1))
        {
            var file = await files.Own(who, id) ?? throw new Platform.Web.ProblemException(new("file.unknown", "There is no such file of yours.", 400));
            found.Add(new FileCard(file.Id, file.Name, file.Size, file.Mime, file.Width, file.Height));
        }

        return found.ToImmutable();
    }
}
