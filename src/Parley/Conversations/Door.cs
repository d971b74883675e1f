using System.Collections.Immutable;
using Microsoft.AspNetCore.Http;
using Parley.Contacts;
using Parley.Log;
using Parley.Workspaces;

namespace Parley.Conversations;

/// <summary>What every route needs to hand a command to the Desk: the conversation that it may touch, and content with its files found.</summary>
public sealed class Door(Desk desk, Threads threads, Answers answers, FileStore files)
{
    public Desk Desk => desk;

    public Threads Threads => threads;

    public async Task<IResult> Do(HttpContext http, ConversationId id, Func<Origin, Command> command)
    {
        await threads.Find(http.Principal(), id);
        return answers.Entries(http, await desk.Handle(command(http.Origin())));
    }

    /// <summary>A customer's word says by which inbox it came.</summary>
    public Origin From(HttpContext http, Origin origin) => http.Principal() is VisitorPrincipal visitor ? origin with { Via = new Via(visitor.Inbox) } : origin;

    public async Task<Content> Content(Principal who, ContentBody body)
    {
        var found = await Files(who, body.Files);
        var type = body.Type ?? (found is null ? "text" : "file");
        return new Content(type, body.Text, body.Format, found, body.Quote, body.Language, who is VisitorPrincipal ? null : threads.Mentioned(who.Workspace, body.Mentions)).Cleaned();
    }

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
