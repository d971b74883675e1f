using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Parley.Log;

namespace Parley.Conversations;

/// <summary>Changes what one's own message says.</summary>
public sealed record Edit(Origin Origin, ConversationId Conversation, long Of, Content Content, [property: JsonIgnore] Target? Target) : ConversationCommand(Origin, Conversation);

/// <summary>Takes one's own message back: its body is overwritten, the fact stays.</summary>
public sealed record Delete(Origin Origin, ConversationId Conversation, long Of, [property: JsonIgnore] Target? Target) : ConversationCommand(Origin, Conversation)
{
    [JsonIgnore]
    public override ImmutableArray<Subject> Others => Target?.Contacts ?? [];
}

public sealed record Edited(long Of, Content Content) : EntryBody;

/// <param name="Files">The files that went with it.</param>
public sealed record Deleted(long Of, ImmutableArray<FileId>? Files = null) : EntryBody;

internal static class Revising
{
    private static readonly Refusal NotOwn = new("message.notOwn", "Only who wrote a message can change it.", 403);

    public static Decision Decide(Edit edit)
    {
        if (Wrong(edit.Target, edit.Origin) is { } refusal)
        {
            return refusal;
        }

        if (edit.Target!.Redacted)
        {
            return new Refusal("message.deleted", "This message was deleted.", 410);
        }

        if (edit.Target.Fixed || !edit.Content.IsPlain)
        {
            return new Refusal("content.fixed", "Only texts and files can be changed. Take this back and send another.");
        }

        if (edit.Content.Quote is not null)
        {
            return new Refusal("quote.fixed", "What a message refers to does not change.", 400);
        }

        // Other words are the same mail: what it is about and who has it too stays, and whom it goes to in any case.
        var content = edit.Content.Mail is null && edit.Target.Mail is { } mail ? edit.Content with { Mail = mail } : edit.Content;
        if (edit.Target.Mail is not null && !IsSame(content.Mail!.To, edit.Target.Mail.To))
        {
            return new Refusal("content.fixed", "Whom a mail goes to does not change. Take this back and send another.");
        }

        return Content.Flaw(content) is { } flaw
            ? flaw
            : new Decision
            {
                Drafts = [new Draft(new Edited(edit.Of, content), Visibility: edit.Target.Visibility)],
                Claims = Posting.Takes(edit.Conversation, content),
            };
    }

    private static bool IsSame(ImmutableArray<MailAddress>? one, ImmutableArray<MailAddress>? other) =>
        (one ?? []).Select(each => each.Address).SequenceEqual((other ?? []).Select(each => each.Address), StringComparer.OrdinalIgnoreCase);

    public static Decision Decide(Delete delete, Deciding deciding)
    {
        if (Wrong(delete.Target, delete.Origin) is { } refusal)
        {
            return refusal;
        }

        return delete.Target!.Redacted
            ? Decision.Nothing
            : Redacting.Withdrawn(delete.Target, deciding, "deleted", new Decision
            {
                Drafts = [new Draft(new Deleted(delete.Of, delete.Target.Files), Visibility: delete.Target.Visibility)],
                Overwrites = [new Overwrite(delete.Subject, delete.Of, "deleted")],
            });
    }

    private static Refusal? Wrong(Target? target, Origin origin) => target switch
    {
        not { Type: "message" or "note" } => Refusal.Unknown("message"),
        { Visibility: Visibility.Internal } when origin.Author.Kind == AuthorKind.Contact => Refusal.Unknown("message"),
        _ when !origin.Is(target.Author) => NotOwn,
        _ => null,
    };
}
