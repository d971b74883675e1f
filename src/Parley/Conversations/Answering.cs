using System.Collections.Immutable;
using Parley.Contacts;
using Parley.Conversations.Shapes;
using Parley.Log;
using Parley.Workspaces;

namespace Parley.Conversations;

/// <summary>
/// Something that was asked in the thread, as it stood when an answer was sent. Read before deciding, for the fold holds no words; and what stands in the
/// log never changes but to be overwritten.
/// </summary>
/// <param name="Content">Of a message.</param>
/// <param name="Rating">Of a question that the closing asked.</param>
public sealed record Question(long Seq, Content? Content = null, RatingAsked? Rating = null)
{
    /// <summary>Null where the entry asks nothing, or nothing any more.</summary>
    public static Question? Of(Entry? entry) => entry?.Body switch
    {
        Message message when entry.Author.Kind != AuthorKind.Contact => new(entry.Seq, message.Content),
        RatingAsked asked => new(entry.Seq, Rating: asked),
        _ => null,
    };
}

/// <summary>A question has its answer: no second one is taken. An entry of its own, for the answer's words may be overwritten and the fold must not read them.</summary>
/// <param name="Episode">What was rated by it, where the question was how it was.</param>
public sealed record Answered(long Of, int? Episode = null) : EntryBody;

/// <summary>Customers answer what was asked; what they send is held against the question.</summary>
internal static class Answering
{
    /// <summary>So many answered questions of a thread are remembered. Those before count as over.</summary>
    private const int Remembered = 100;

    private static readonly Refusal Done =
        new("question.answered", "This question has its answer already.") { Errors = [new("of", "answered", "This question has its answer already.")] };

    private static readonly Refusal NotOffered = new("choice.unknown", "That was not offered.", 400) { Errors = [new("choice", "unknown", "That was not offered.")] };

    private static readonly Refusal NothingChosen = NotOffered with { Errors = [new("choice", "required", "Choose one of what was offered.")] };

    /// <summary>What <c>of</c> names asks nothing, or nothing any more.</summary>
    public static readonly Refusal Unknown = Unasked("of", "unknown", "There is no such question in this conversation.");

    private static readonly Refusal Nameless = Unasked("of", "required", "An answer says which question it answers.");

    private static readonly Refusal OtherKind = Unasked("type", "unexpected", "This is not the kind of answer that was asked for.");

    /// <summary>Null when this side may send content of this kind; an answer is a customer's.</summary>
    public static Refusal? Wrong(AuthorKind author, Content content, long? of) => author == AuthorKind.Contact
        ? content.IsPlain || content is { Type: "text" or "formResponse" } or { Type: "location", Ask: null } ? null : NotYours(content.Type == "location" ? "ask" : "type")
        : of is not null ? NotYours("of")
        : content.Type == "formResponse" ? NotYours("type")
        : content.Choice is not null ? NotYours("choice")
        : null;

    /// <summary>What begins a conversation answers nothing: none was asked yet.</summary>
    public static Refusal? Unasked(Content first) =>
        first.Type == "formResponse" ? Unasked("type", "unexpected", "Nothing was asked yet.")
        : first.Choice is not null ? Unasked("choice", "unexpected", "Nothing was asked yet.")
        : null;

    /// <summary>What a customer's message comes to: itself, or an answer that says in words what was chosen or filled in.</summary>
    public static (Refusal? Refusal, Content? Content) Read(Conversation it, Post post)
    {
        var content = post.Content;
        if (post.Of is null)
        {
            return content.Type == "formResponse" || content.Choice is not null ? (Nameless, null) : (null, content);
        }

        return post.Asked is { Rating: not null } ? (OtherKind, null)
            : post.Asked is not { Content: { } question } || !Asks(question) ? (Unknown, null)
            : Once(question) && (post.Of <= it.AnsweredTo || it.Answered?.Contains(post.Of.Value) == true) ? (Done, null)
            : question.Type switch
            {
                "form" when content.Type == "formResponse" => Filled(question, content, post.Language),
                "location" when content.Type == "location" => (null, content),
                "quickReplies" when content.Type == "text" => Chosen(content, QuickReplies.Chosen),
                "list" when content.Type == "text" => Chosen(content, Lists.Chosen),
                "carousel" when content.Type == "text" => Chosen(content, Carousels.Chosen),
                _ => (OtherKind, null),
            };

        (Refusal?, Content?) Chosen(Content content, Func<Content, string, string?> words) =>
            content.Choice is { } choice && words(question, choice) is { } text
                ? (null, new Content("text", text) { Choice = choice, Language = content.Language, Mail = content.Mail })
                : (content.Choice is null ? NothingChosen : NotOffered, null);
    }

    /// <summary>Notes with the person what a form said of them; of somebody who was forgotten nothing is noted.</summary>
    public static Decision Claimed(Decision decision, Content response, ImmutableArray<AttributeDefinition> attributes, ConversationId thread, Subject contact, Deciding deciding) =>
        FormAnswers.Claims(response, attributes) is { } claims && deciding.Others.TryGetValue(contact, out var known) && known is (Contact { Erased: false }, > 0)
            ? decision with { Drafts = decision.Drafts.Add(Noted(decision, claims, thread, contact, deciding)) }
            : decision;

    /// <summary>The claims say in which message they stand: the last one of the decision.</summary>
    public static Draft Noted(Decision decision, Described claims, ConversationId thread, Subject contact, Deciding deciding)
    {
        var own = decision.Drafts.Where(draft => draft.Subject is null).ToList();
        var said = new SaidIn(thread, deciding.Seq + 1 + own.FindLastIndex(draft => draft.Body is Message));
        return new Draft(claims with { In = said }, contact);
    }

    public static Conversation Apply(Conversation it, Answered answered)
    {
        var all = (it.Answered ?? []).Add(answered.Of).Sort();
        return all.Length <= Remembered ? it with { Answered = all } : it with { Answered = all.RemoveAt(0), AnsweredTo = all[0] };
    }

    public static bool Once(Content question) => question.Again != true && question is { Type: "form" or "quickReplies" } or { Type: "list", Choose: true };

    private static bool Asks(Content content) =>
        content is { Type: "form" or "quickReplies" or "carousel" or "rating" } or { Type: "list", Choose: true } || Locations.Asks(content);

    private static Refusal NotYours(string field) => new("content.notYours", "Only the company's side sends content of this kind.", 403)
    {
        Errors = [new(field, "unexpected", "This does not come from this side.")],
    };

    private static Refusal Unasked(string field, string code, string text) => new("question.unknown", text, 400) { Errors = [new(field, code, text)] };

    /// <summary>A form that was filled in, with the words of the form beside the values.</summary>
    private static (Refusal?, Content?) Filled(Content question, Content given, string? inbox)
    {
        var (refusal, content) = FormAnswers.Read(question.Form!, given.Values, given.Language, question.Language, inbox);
        return (refusal, content is null ? null : content with { Form = question.Form!.Id is { } id ? new Form(id) : null, Language = given.Language });
    }
}
