using System.Text.Json;
using Parley.Contacts;
using Parley.Conversations;
using Parley.Conversations.Shapes;
using Parley.Log;
using Parley.Platform;
using Parley.Workspaces;

namespace Parley.Tests.Simulation;

/// <summary>What is more than words: every kind, asked by the company, answered rightly and wrongly, rated, and what of it is to be taken back.</summary>
internal sealed class Asker(Random random, WorkspaceId workspace)
{
    private static readonly Told HowWasIt = new("rating.ask", new Dictionary<string, string>(), "How did we do?", "en");

    private static readonly Form Who = Read<Form>(
        """{"id":"who","name":"Who","fields":[{"name":"name","type":"text","label":"Name","required":true},{"name":"email","type":"email","label":"E-mail"},{"name":"boat","type":"choice","label":"Boat","options":[{"id":"dinghy","label":"Dinghy"}]}]}""");

    private static readonly Content[] Questions =
    [
        .. new[]
        {
            """{"type":"quickReplies","text":"How?","replies":[{"id":"a","text":"Post"},{"id":"b","text":"Parcel"}]}""",
            """{"type":"quickReplies","text":"And?","again":true,"replies":[{"id":"a","text":"More"}]}""",
            """{"type":"list","text":"Which?","choose":true,"items":[{"id":"a","title":"Jib"},{"id":"b","title":"Genoa"}]}""",
            """{"type":"carousel","text":"Look","cards":[{"id":"a","title":"Jib","actions":[{"id":"b","text":"Take it"}]}]}""",
            """{"type":"form","form":{"id":"who"}}""",
            """{"type":"location","text":"Where?","ask":true}""",
            """{"type":"rating","text":"Well?"}""",
            """{"type":"article","article":{"title":"Reefing"}}""",
            """{"type":"list","text":"Wrong","items":[]}""",
        }.Select(Read<Content>),
    ];

    private static readonly string[] Choices = ["a", "b", "a.b", "nowhere"];

    private readonly List<ConversationId> _asked = [];

    /// <summary>The question stands in the inbox's language, and names a form where it asks with one.</summary>
    public Post Ask(Origin agent, ConversationId it, Terms rules)
    {
        _asked.Add(it);
        return new(agent, it, Pick(Questions), rules) { Form = Who, Language = "en" };
    }

    public Close Close(Origin agent, ConversationId it) => new(agent, it, random.Next(2) == 0 ? HowWasIt : null);

    /// <summary>Whoever the thread is of answers one of its last questions, as whom they turned out to be.</summary>
    public async Task<Command> Answer(Node node, ConversationId it, string id, Terms rules)
    {
        // Mostly where somebody asked lately: older threads may be erased by now.
        it = _asked.Count > 0 && random.Next(5) > 0 ? _asked[^random.Next(1, Math.Min(_asked.Count, 2) + 1)] : it;
        var contact = await Contact(node, it);
        var origin = new Origin(workspace, new Author(AuthorKind.Contact, contact.Value), id);
        var page = await node.Reader.Timeline(Conversation.Subject(it), null, null, 30, publicOnly: true);
        // Now and then what asks nothing at all.
        var anything = random.Next(6) == 0;
        var asked = page.Items.Select(Question.Of).OfType<Question>().Where(question => anything || question is not { Content.IsPlain: true }).ToList() is { Count: > 0 } some ? Pick(some) : null;
        var of = asked?.Seq ?? random.Next(1, 20);
        if (random.Next(4) == 0 || asked is { Content.Type: "rating" } or { Rating: not null })
        {
            return new Rate(origin, it, of, random.Next(8) == 0 ? 6 : random.Next(1, 6), random.Next(2) == 0 ? $"Rated{id}" : null, asked);
        }

        var content = Answering(random.Next(5) == 0 ? Pick(Questions).Type : asked?.Content?.Type, id);
        return new Post(origin, it, content, rules) { Of = of, Asked = asked, Language = "en", Contact = content.Type == "formResponse" ? contact : null };
    }

    /// <summary>What stood before the first word, filled in; now and then wrongly.</summary>
    public Open Filled(Open open, string id) => open with { Form = Who, Answer = new FormAnswer("who", Values(id)), Languages = ["en"] };

    public async Task<(long Of, Target? Target)> Doomed(Node node, ConversationId it)
    {
        var of = random.Next(1, 30);
        var entry = await node.Reader.One(Conversation.Subject(it), of);
        var target = Target.Of(entry);
        return (of, entry?.Body is Message { Content.Type: "formResponse" } ? target! with { Claims = await node.People.Noted(workspace, await Contact(node, it), new SaidIn(it, of)) } : target);
    }

    private Content Answering(string? type, string id) => type switch
    {
        "form" => new Content("formResponse") { Values = Values(id) },
        "location" => new Content("location") { Location = new Place(54.3, 10.1, $"Pier {id}") },
        _ => new Content("text") { Choice = Pick(Choices) },
    };

    private Dictionary<string, FormValue> Values(string id)
    {
        var values = new Dictionary<string, FormValue> { ["name"] = $"Form {id}", ["email"] = random.Next(6) == 0 ? "nowhere" : $"form{id}@sea.example" };
        if (random.Next(6) == 0)
        {
            values["sail"] = "jib";
        }

        return values;
    }

    private async Task<ContactId> Contact(Node node, ConversationId it)
    {
        var owner = await node.Desk.Look(workspace, Conversation.Subject(it)) is { State: Conversation { Exists: true } thread } ? thread.Contact : new ContactId(Cast.Fresh(random));
        return (await node.People.State(workspace, owner))?.Person ?? owner;
    }

    private static T Read<T>(string json) => JsonSerializer.Deserialize<T>(json, Json.Options)!;

    private T Pick<T>(IReadOnlyList<T> all) => all[random.Next(all.Count)];
}
