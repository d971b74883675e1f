using System.Text.Json;

namespace Parley.Conversations;

/// <summary>
/// One thing that a stream carries: entries, lists, typing, presence. The stream itself only greets, keeps the cursor and passes on; a part takes
/// what clients say under its words.
/// </summary>
public interface IStreamPart
{
    /// <summary>The types of a client's frames that this part takes.</summary>
    IReadOnlyList<string> Takes { get; }

    /// <summary>Before a client is greeted: what the part must know of the workspace to say where its telling stands.</summary>
    ValueTask Prepare(StreamRoom room) => ValueTask.CompletedTask;

    /// <summary>A client is here, and hears it in a moment: whoever has heard it counts as here already.</summary>
    void Enter(StreamClient client)
    {
    }

    /// <summary>A client has been greeted. What it missed is sent now; what happens meanwhile is held back until then.</summary>
    ValueTask Begin(StreamClient client) => ValueTask.CompletedTask;

    /// <summary>A client said something. Live frames are held back until this comes back.</summary>
    ValueTask Hear(StreamClient client, string type, JsonElement said);

    /// <summary>The client is gone.</summary>
    void End(StreamClient client)
    {
    }
}
