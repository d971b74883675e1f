using Parley.Platform.Mail;
using Shouldly;

namespace Parley.Tests.Platform.Mail;

/// <summary>What servers answer, as they word it, and what is to be done.</summary>
public sealed class MailFailedTests
{
    [Theory]
    [InlineData(nameof(MailNo.To.Recipient), "450 4.2.1 The user you are trying to contact is receiving mail at a rate that prevents additional messages", MailRefusal.Throttled)]
    [InlineData(nameof(MailNo.To.Recipient), "451 4.7.1 Greylisting in action, please come back later", MailRefusal.Throttled)]
    [InlineData(nameof(MailNo.To.Greeting), "421 4.7.0 Try again later, closing connection.", MailRefusal.Throttled)]
    [InlineData(nameof(MailNo.To.Greeting), "421 mail.test Service not available", MailRefusal.Unreachable)]
    [InlineData(nameof(MailNo.To.Recipient), "452 4.2.2 The mailbox is full", MailRefusal.Unreachable)]
    [InlineData(nameof(MailNo.To.Data), "451 4.3.0 Temporary system problem", MailRefusal.Unreachable)]
    [InlineData(nameof(MailNo.To.Letter), "550 5.4.5 Daily user sending limit exceeded", MailRefusal.Throttled)]
    [InlineData(nameof(MailNo.To.Letter), "554 5.7.1 Message looks like spam", MailRefusal.Rejected)]
    [InlineData(nameof(MailNo.To.Letter), "552 5.3.4 Message too big", MailRefusal.Rejected)]
    [InlineData(nameof(MailNo.To.Recipient), "550 5.1.1 User unknown", MailRefusal.RecipientGone)]
    [InlineData(nameof(MailNo.To.Recipient), "552 5.2.2 Mailbox full", MailRefusal.Rejected)]
    [InlineData(nameof(MailNo.To.Recipient), "554 5.7.1 <ben@elsewhere.test>: Relay access denied", MailRefusal.Misconfigured)]
    [InlineData(nameof(MailNo.To.Sender), "553 5.7.1 Sender address rejected: not owned by user kim", MailRefusal.Misconfigured)]
    [InlineData(nameof(MailNo.To.Sender), "552 5.3.4 Message size exceeds fixed limit", MailRefusal.Rejected)]
    [InlineData(nameof(MailNo.To.Sender), "530 5.7.0 Authentication required", MailRefusal.Misconfigured)]
    [InlineData(nameof(MailNo.To.Entry), "535 5.7.8 Username and Password not accepted", MailRefusal.Misconfigured)]
    [InlineData(nameof(MailNo.To.Entry), "454 4.7.0 Temporary authentication failure", MailRefusal.Unreachable)]
    [InlineData(nameof(MailNo.To.Entry), "502 what", MailRefusal.Misconfigured)]
    public void A_no_is_understood_by_where_it_was_said(string to, string line, MailRefusal kind) =>
        MailNo.Kind(Enum.Parse<MailNo.To>(to), int.Parse(line[..3], System.Globalization.CultureInfo.InvariantCulture), line).ShouldBe(kind);

    [Theory]
    [InlineData("450 4.7.1 Greylisted, try again in 300 seconds", 300)]
    [InlineData("451 please retry after 5 minutes", 300)]
    [InlineData("451 wait 2h", 7_200)]
    [InlineData("451 Greylisted for 3 things", null)]
    [InlineData("451 come again in 999999 hours", 86_400)]
    [InlineData("450 4.2.0 come again", null)]
    public void When_to_come_again_is_heard_where_it_is_said(string line, int? seconds) => MailNo.After(line).ShouldBe(seconds is { } some ? TimeSpan.FromSeconds(some) : null);
}
