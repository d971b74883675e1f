using Parley.Log;

namespace Parley.Conversations;

public sealed record Label(Origin Origin, ConversationId Conversation, string Name) : ConversationCommand(Origin, Conversation);

public sealed record Unlabel(Origin Origin, ConversationId Conversation, string Name) : ConversationCommand(Origin, Conversation);

public sealed record Labelled(string Label) : EntryBody;

public sealed record Unlabelled(string Label) : EntryBody;

internal static class Labelling
{
    private const int Longest = 40;
    private const int Most = 30;

    public static Decision Decide(Conversation it, Label label)
    {
        if (label.Name.Length is 0 or > Longest || label.Name.Trim() != label.Name || label.Name.Any(char.IsControl))
        {
            return new Refusal("label.invalid", $"A label has 1 to {Longest} characters.", 400);
        }

        if (Has(it, label.Name))
        {
            return Decision.Nothing;
        }

        return it.Labels.Length < Most ? new Labelled(label.Name) : new Refusal("label.tooMany", $"A conversation carries at most {Most} labels.");
    }

    public static Decision Decide(Conversation it, Unlabel label) => Has(it, label.Name) ? new Unlabelled(label.Name) : Decision.Nothing;

    public static Conversation Apply(Conversation it, Labelled labelled) => it with { Labels = it.Labels.Add(labelled.Label) };

    public static Conversation Apply(Conversation it, Unlabelled gone) =>
        it with { Labels = it.Labels.RemoveAll(label => string.Equals(label, gone.Label, StringComparison.OrdinalIgnoreCase)) };

    private static bool Has(Conversation it, string name) => it.Labels.Contains(name, StringComparer.OrdinalIgnoreCase);
}
