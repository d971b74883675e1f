using System.Globalization;
using Parley.Conversations;
using Parley.Log;
using Parley.Platform.Push;
using Parley.Platform.Store;
using Parley.Workspaces;

namespace Parley.Notifications.Pushes;

/// <summary>Tells a customer's browsers of an answer that they have not seen.</summary>
internal sealed class ThreadPushing(Database database, Desk desk, LogReader log, Addressing addressing, Faces faces, PushSending sending)
{
    private const int Shown = 160;

    public async Task<Delivered> Deliver(Push push, bool bare, TimeSpan life, CancellationToken cancel)
    {
        var delivered = new Delivered(push.Told);
        if (await Write(push, bare) is not { } payload)
        {
            return delivered;
        }

        foreach (var (target, language) in (await database.Read(session => ThreadDevices.Of(session, push.Conversation))).Where(device => !push.Told.Contains(device.Target.Mark)))
        {
            var answer = await sending.Send(target, (payload with { Language = language }).Bytes(), life, cancel: cancel);
            delivered = delivered.With(target, answer);
            if (answer.Outcome == PushOutcome.Gone)
            {
                await database.Write(session => ThreadDevices.Drop(session, push.Conversation, target.Endpoint));
            }
        }

        if (delivered.Told.Length > push.Told.Length)
        {
            var origin = new Origin(push.Workspace, Author.System, string.Create(CultureInfo.InvariantCulture, $"push:{push.Seq}")) { Trigger = new Trigger(Timer: "unseen") };
            await desk.Handle(new Notify(origin, push.Conversation, "push", push.Seq, push.Seq));
        }

        return delivered;
    }

    private async Task<PushPayload?> Write(Push push, bool bare)
    {
        var subject = Conversation.Subject(push.Conversation);
        if (await desk.Look(push.Workspace, subject) is not { State: Conversation { Exists: true, Erased: false, Spam: false } it } || push.Seq < it.CustomerSeesFrom
            || await log.One(subject, push.Seq) is not { Body: Message message } entry || await addressing.Seen(push.Conversation, it) >= push.Seq)
        {
            return null;
        }

        var payload = new PushPayload(PushKind.Answer, push.Conversation.ToString(), "") { Inbox = it.Inbox.ToString() };
        var text = message.Content.Plain();
        return bare ? payload : payload with { Name = faces(push.Workspace, entry.Author)?.Name, Text = text.Length > Shown ? $"{text[..Shown]}…" : text };
    }
}
