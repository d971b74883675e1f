using Parley.Platform.Mail;
using Parley.Platform.Mail.Setup;
using Shouldly;

namespace Parley.Tests.Platform.Mail.Setup;

public sealed class MailProvidersTests
{
    [Theory]
    [InlineData("kim@gmail.com", null, "Gmail", "imap.gmail.com", 465, MailEntry.AppPassword)]
    [InlineData(" Kim@GMX.de ", null, "GMX", "imap.gmx.net", 465, MailEntry.Password)]
    [InlineData("kim@hotmail.com", null, "Microsoft 365", "outlook.office365.com", 587, MailEntry.Token)]
    [InlineData("kim@lighthouse.test", "lighthouse-test.mail.protection.outlook.com.", "Microsoft 365", "outlook.office365.com", 587, MailEntry.Token)]
    [InlineData("kim@lighthouse.test", "ASPMX.L.GOOGLE.COM", "Gmail", "imap.gmail.com", 465, MailEntry.AppPassword)]
    [InlineData("kim@lighthouse.test", "mx01.kundenserver.de", "IONOS", "imap.ionos.de", 465, MailEntry.Password)]
    public void A_known_provider_fills_the_rest(string address, string? exchange, string provider, string receive, int port, MailEntry entry)
    {
        var found = MailProviders.Known(address, exchange is null ? null : ["mx.elsewhere.test", exchange]).ShouldNotBeNull();
        (found.Provider, found.Receive.Host, found.Send.Port, found.Entry, found.User).ShouldBe((provider, receive, port, entry, address.Trim()));
    }

    [Theory]
    [InlineData("kim@lighthouse.test", null)]
    [InlineData("kim@lighthouse.test", "notgoogle.com")]
    [InlineData("kim@evilgmail.com", null)]
    [InlineData("kim", null)]
    [InlineData("@gmail.com", null)]
    [InlineData("kim@gmail.com/evil", null)]
    public void Nobody_is_taken_for_another(string address, string? exchange) => MailProviders.Known(address, exchange is null ? null : [exchange]).ShouldBeNull();

    [Fact]
    public void Some_are_signed_in_by_what_stands_before_the_at() => MailProviders.Known("kim@free.fr")!.User.ShouldBe("kim");

    [Fact]
    public void Of_others_the_usual_names_are_guessed()
    {
        MailProviders.Guesses("kim@lighthouse.test").Select(guess => (guess.Provider, guess.Receive, guess.Send)).ShouldBe([
            (null, new("imap.lighthouse.test", 993, MailSecurity.Tls), new("smtp.lighthouse.test", 465, MailSecurity.Tls)),
            (null, new("mail.lighthouse.test", 993, MailSecurity.Tls), new("mail.lighthouse.test", 465, MailSecurity.Tls)),
            (null, new("lighthouse.test", 993, MailSecurity.Tls), new("lighthouse.test", 465, MailSecurity.Tls))]);
        MailProviders.Guesses("no address").ShouldBeEmpty();
    }
}
