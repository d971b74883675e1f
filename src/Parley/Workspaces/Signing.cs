using System.Text.Json.Serialization;
using Parley.Log;

namespace Parley.Workspaces;

/// <summary>What stands below the mails that the agent writes; no text: nothing.</summary>
public sealed record AgentSignatureSet(string Text) : EntryBody;

public sealed record SetSignature(Origin Origin, [property: JsonIgnore] AgentId Agent, string Text) : Command(Origin)
{
    [JsonIgnore]
    public override Subject Subject => AgentKind.Of(Agent);
}

internal static class Signing
{
    public const int Longest = 2_000;

    public static Decision Decide(AgentState state, SetSignature set)
    {
        var text = Platform.Words.Clean(set.Text).ReplaceLineEndings("\n").Trim();
        return text.Length > Longest ? new Refusal("signature.tooLong", $"A signature has at most {Longest:N0} characters.", 400) { Errors = [new("text", "tooLong", $"At most {Longest:N0} characters.")] }
            : text == (state.Signature ?? "") ? Decision.Nothing : new AgentSignatureSet(text);
    }
}
