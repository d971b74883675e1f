using Parley.Workspaces;

namespace Parley.Inbox.Views;

/// <summary>The workspace's own attributes as fields of filters: <c>attributes.topic</c> of the conversation, <c>contact.attributes.plan</c> of whose it is.</summary>
internal static class Attributes
{
    private const string OfConversation = "attributes.";
    private const string OfContact = "contact.attributes.";

    /// <summary>What a row says there. A filter outlives what it names: of an attribute that is gone the rows say what they said.</summary>
    public static Field? Field(string name) => Place(name) is not var (of, key) ? null : of == AttributeOf.Contact
        ? Views.Field.OfAttribute(name, it => it.Contact?.Attribute(key))
        : Views.Field.OfAttribute(name, it => it.Row.Details.Attributes?.GetValueOrDefault(key));

    /// <summary>A field with the questions that make sense of it here; null where there is none.</summary>
    public static Field? Field(string name, Roster roster) => Place(name) is not var (of, key) ? Views.Field.Of(name)
        : roster.Attribute(of, key) is not { } definition ? null
        : Field(name)! is var field && definition.Kind switch
        {
            AttributeKind.Number => (FieldKind.Number, null),
            AttributeKind.YesNo => (FieldKind.Chosen, ["true", "false"]),
            AttributeKind.Date => (FieldKind.Day, null),
            AttributeKind.Choice => (FieldKind.Chosen, definition.Choices?.ToArray()),
            _ => (FieldKind.Text, (string[]?)null),
        } is var (kind, allowed) ? new Field(name, kind, field.Words, field.Time) { Allowed = allowed } : null;

    private static (AttributeOf Of, string Key)? Place(string name) =>
        name.StartsWith(OfContact, StringComparison.Ordinal) ? (AttributeOf.Contact, name[OfContact.Length..])
        : name.StartsWith(OfConversation, StringComparison.Ordinal) ? (AttributeOf.Conversation, name[OfConversation.Length..])
        : null;
}
