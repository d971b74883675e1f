using System.Collections.Immutable;
using Parley.Log;
using Parley.Workspaces;

namespace Parley.Conversations;

/// <summary>
/// A decision in the making. What is added is folded at once, so that the next step is decided on what there is by then: a word reopens a conversation, which
/// makes it wait, which queues it. What is added here the system does in the same breath as the command.
/// </summary>
internal sealed class Course
{
    private static readonly ConversationKind Kind = new();

    private readonly Command _command;
    private readonly long _seq;
    private Decision _decision;
    private int _own;

    /// <param name="begun">What the command itself leads to.</param>
    public Course(Conversation it, ConversationCommand command, Deciding deciding, Decision? begun = null)
    {
        (_command, _seq, _decision) = (command, deciding.Seq, begun ?? Decision.Nothing);
        (It, Now, Moment) = (it, deciding.Now, command.Moment ?? Moment.Unknown);
        foreach (var draft in _decision.Drafts)
        {
            if (draft.Subject is null)
            {
                Fold(draft);
            }
        }
    }

    public Conversation It { get; private set; }

    public DateTimeOffset Now { get; }

    public Moment Moment { get; }

    public Policy Policy => It.Policy;

    /// <summary>The rules by which talk would begin now: those of the inbox, unless there is talk, or somebody waits for it, by the rules of before.</summary>
    public Policy Coming => (Fresh ?? It.Terms ?? Terms.Usual).Policy;

    private Terms? Fresh => It.Mode is Mode.Messaging or Mode.Dormant && (Moment.Terms is { } set ? set with { Live = It.Terms?.Live } : null) is { } now && !now.Same(It.Terms ?? Terms.Usual) ? now : null;

    public Decision Decision => _decision;

    /// <summary>The number of the next entry.</summary>
    public long Next => _seq + _own + 1;

    public Course Then(EntryBody body, Visibility? visibility = null) => Add(new Draft(body, Visibility: visibility) { Author = Author.System });

    /// <summary>Talk begins, or is sought, by the rules of now.</summary>
    public Course TakeTerms() => Fresh is { } terms ? Then(new TermsTaken(terms)) : this;

    /// <summary>As the command's own author.</summary>
    public Course ThenOwn(EntryBody body) => Add(new Draft(body));

    public Course Add(Draft draft)
    {
        _decision = _decision with { Drafts = _decision.Drafts.Add(draft) };
        Fold(draft);
        return this;
    }

    /// <summary>All that another wish leads to, in the same breath.</summary>
    public Course Take(Decision other)
    {
        foreach (var draft in other.Drafts)
        {
            Add(draft);
        }

        _decision = _decision with { Claims = _decision.Claims.AddRange(other.Claims), Overwrites = _decision.Overwrites.AddRange(other.Overwrites) };
        return this;
    }

    /// <summary>A sentence to the customer; null where this episode has heard it already.</summary>
    public Told? Tell(string code, params ReadOnlySpan<(string Name, string Value)> values) =>
        Sayings.Of(code, Moment.Telling, It.Language, values) is var told && It.ToldCodes?.Contains(told.Key) == true ? null : told;

    private void Fold(Draft draft) => It = (Conversation)Kind.Apply(It, new Entry
    {
        Workspace = _command.Origin.Workspace,
        Subject = _command.Subject,
        Seq = _seq + ++_own,
        Position = 0,
        At = Now,
        Type = draft.Body is Message ? "message" : "",
        V = 1,
        Author = draft.Author ?? _command.Origin.Author,
        Visibility = draft.Visibility ?? draft.Body.Visibility,
        Command = _command.Origin.ClientId,
        Body = draft.Body,
    });
}
