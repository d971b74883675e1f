using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Parley.Log;
using Parley.Platform.Web;
using Parley.Workspaces;

namespace Parley.Conversations;

/// <summary>Who looks after a conversation says something to the agent who has it, and to nobody outside: a note that is meant for them.</summary>
public sealed record Whisper(Origin Origin, ConversationId Conversation, string Text) : ConversationCommand(Origin, Conversation);

internal static class Whispering
{
    internal sealed record Body(string Text, string? ClientId = null);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/v1/conversations/{id}/whispers", Post).RequirePerson(Role.Supervisor).WithTags("Conversations").WithName("postWhisper");

    /// <summary>To whoever has it when it is said: nobody hears what was meant for who had it before.</summary>
    public static Decision Decide(Conversation it, Whisper whisper)
    {
        if (it.Agent is not { } holder || whisper.Origin.Author == new Author(AuthorKind.Agent, holder.Value))
        {
            return new Refusal("whisper.nobody", "Nobody else has this conversation: there is nobody to whisper to.");
        }

        return Content.Flaw(new Content("text", whisper.Text)) is { } flaw ? flaw : new Note(whisper.Text, [holder]) { To = holder };
    }

    private static async Task<IResult> Post(HttpContext http, ConversationId id, Body body, Door door, Answers answers)
    {
        await door.Threads.Find(http.Principal(), id);
        return answers.Message(http, await door.Desk.Handle(new Whisper(http.Origin(body.ClientId), id, Platform.Words.Clean(body.Text))), "note");
    }
}
