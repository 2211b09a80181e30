/// The word lists behind `WordKinds`: one paragraph a language.
extension WordKinds {
  static let words: [(WordKinds, String)] = [
    (
      .question,
      """
      what why how who when where which whose whom whats hows
      porque quem quando onde qual quais quanto quantos quanta quantas como cadê pq oq kd
      qué quién cuándo dónde cuál cuáles cómo cuánto cuántos cuánta cuántas
      quoi pourquoi comment qui quand où quel quelle quels quelles combien
      was warum wie wer wann wo welche welcher welches wieso weshalb wieviel
      cosa perché chi quando dove quale quali quanto quanti quanta
      wat waarom hoe wie wanneer waar welke hoeveel
      co dlaczego jak kto kiedy gdzie który która które ile czy
      что почему как кто когда где какой какая какие какое сколько зачем куда чем
      що чому як хто коли де який яка які скільки навіщо чи
      ne neden nasıl kim nerede hangi kaç niçin mi mı mu mü
      apa mengapa bagaimana siapa kapan mana berapa kenapa apakah
      ce cum cine când unde care cât câte
      gì sao nào ai đâu mấy bao
      nini nani vipi lini wapi ngapi gani
      ما ماذا لماذا كيف من متى أين كم هل أي
      چه چرا چگونه کی کجا چند آیا کدام
      क्या क्यों कैसे कौन कब कहाँ कितने कितना कितनी किस
      τι γιατί πώς ποιος πότε πού ποια ποιο πόσο πόσα
      מה למה איך מי מתי איפה כמה האם
      কি কী কেন কিভাবে কে কখন কোথায় কত
      """
    ),
    (
      .address,
      """
      you your yours yourself u ur you're you've you'll you'd
      você vc vocês vcs te teu tua ti contigo seu sua
      tú usted ustedes te tu ti contigo vosotros tus
      tu vous toi te votre vos ton ta tes
      du sie ihr dich dir dein deine ihnen euch
      tu voi ti te tuo tua tuoi
      je jij jou u jouw uw jullie
      ty wy ci ciebie twój twoja pan pani
      ты вы тебя тебе вас вам твой твоя ваш ваша вами
      ти ви тебе тобі вас вам твій твоя ваш ваша
      sen siz seni sana size sizin senin
      kamu anda kau mu
      tu voi te ție vă dumneavoastră tău
      bạn anh chị em
      wewe nyinyi
      أنت أنتم لك
      تو شما
      तुम आप तुम्हें आपको तुम्हारा आपका आपके
      εσύ εσείς σου σας σε
      אתה את אתם לך שלך
      তুমি আপনি তোমার আপনার
      """
    ),
    (
      .speaker,
      """
      i i'm i've i'd i'll me my mine myself im ive we us our let's
      eu me meu minha meus minhas mim comigo nós nosso nossa gente
      yo me mi mis mí conmigo nosotros nuestro nuestra
      je j'ai me moi mon ma mes nous notre nos
      ich mich mir mein meine meinen wir uns unser
      io mi me mio mia miei noi nostro
      ik mij me mijn wij we ons onze
      ja mnie mi mój moja my nas
      я меня мне мой моя моё мои мы нас нам
      я мене мені мій моя моє ми нас нам
      ben bana beni benim biz bizim
      saya aku kami kita ku
      eu mă mie meu mea noi
      tôi mình chúng ta
      mimi sisi yangu langu
      أنا لي نحن
      من ما
      मैं मुझे मेरा मेरी मेरे हम हमें
      εγώ μου με μας εμείς
      אני לי שלי אנחנו
      আমি আমার আমাকে আমরা
      """
    ),
    (
      .request,
      """
      write explain give tell describe create list generate make suggest provide summarize translate find
      calculate compare imagine discuss design help show please rewrite identify classify compose analyze name
      pretend act think consider edit convert solve come
      escreva explique dê me diga descreva crie liste gere faça sugira resuma traduza encontre calcule compare
      imagine ajude mostre reescreva assinale analise quero queria gostaria preciso poderia pode favor olá oi
      obrigado obrigada
      escribe explica dame dime describe crea haz sugiere resume traduce calcula compara imagina ayuda muestra
      escriba quiero necesito quisiera puedes podrías favor hola gracias
      écris écrivez explique expliquez donne donnez dis décris décrivez crée créez fais faites résume traduis
      calcule imagine aide montre voudrais peux pouvez bonjour merci salut rédige rédigez
      schreibe schreib erkläre gib nenne beschreibe erstelle liste mache hilf zeige übersetze fasse berechne bitte
      kannst könntest möchte hallo danke
      scrivi spiega dammi dimmi descrivi crea fai suggerisci riassumi traduci calcola immagina aiuta mostra vorrei
      puoi potresti ciao grazie
      schrijf leg geef vertel beschrijf maak vertaal help laat alsjeblieft kun wil hallo bedankt
      napisz wyjaśnij podaj powiedz opisz stwórz proszę możesz chcę dziękuję cześć
      напиши напишите объясни объясните расскажи опиши создай придумай составь переведи помоги покажи пожалуйста
      можешь хочу привет спасибо сделай
      напиши поясни розкажи опиши створи допоможи покажи будь ласка можеш хочу привіт дякую
      yaz açıkla anlat ver oluştur lütfen misin istiyorum merhaba teşekkürler
      tulis tuliskan jelaskan berikan buat buatlah sebutkan tolong bisa ingin halo terima kasih
      """
    ),
    (
      .grammar,
      """
      the a an of to in on at for with and or but if is are was were be been being that this these those it its as
      by from not no do does did can could would should will may might must there here then than so just about
      into very more most some any all every each he she they him her his their them while because after before
      also only
      de da do das dos em no na nos nas um uma uns umas e ou mas se é são foi foram ser ter que este esta isso
      isto aquele aquela não sim para por com sem sobre entre até também já mais muito muita todo toda todos todas
      ele ela eles elas ao aos à às pelo pela quando onde lhe há está estão tem têm
      de la el los las en un una y o pero si es son fue ser que este esta eso esto aquel no sí para por con sin
      sobre entre hasta también ya más muy todo toda él ella ellos al del lo le se hay está están ha han
      de la le les des du en un une et ou mais si est sont était être que ce cette ces cela ne pas oui pour par
      avec sans sur entre aussi déjà plus très tout toute il elle ils elles au aux dans on se leur
      der die das den dem des ein eine einen einem und oder aber wenn ist sind war waren sein nicht ja für von mit
      ohne auf in im an zu zum zur bei auch noch mehr sehr es er man sich hat haben wird werden dass
      di la il lo gli le un una e o ma se è sono era essere che questo questa non sì per con senza su tra anche
      già più molto tutto lui lei loro al del della nel nella si ha hanno
      de het een en of maar als is zijn was niet ja voor van met zonder op in aan te bij ook nog meer zeer hij zij
      er dat die deze
      i w na z do o nie się jest są był była to ten ta te że dla przez po od jako ale lub oraz już bardzo
      и в на с к о не это то что для по от из у за но или же бы был была было есть он она они его её их так уже
      очень все
      і в на з до о не це то що для по від із у за але або же був була є він вона вони його її їх так вже дуже всі
      та
      ve bir bu için ile de da çok daha en var yok değil olan olarak ama veya o
      yang dan di ke dari untuk dengan ini itu adalah tidak pada dalam akan oleh atau juga sudah
      și în de la cu pe un o nu este sunt a al ai ale că din pentru sau dar mai
      là của và có trong cho được không một các với để này đó những
      na ya wa kwa ni za katika la cha hii hiyo
      في من على إلى عن مع هذا هذه التي الذي أن إن لا لم كان و
      در از به که را با این آن است برای می و بود شد
      है हैं था थी थे का की के को में से पर और या यह वह नहीं ने एक भी
      και το τα η ο οι του της των στο στη στην με για από που να δεν είναι ήταν ένα μια
      של על את הוא היא זה לא עם גם או אם יש כי
      এবং এই একটি করে থেকে হয় না ও জন্য তার
      """
    ),
    (
      .talk,
      """
      yes yeah ok okay hello hi hey thanks thank sorry sure great good lol wow haha well really maybe cool nice
      awesome bye love like feel think know want need believe hope guess friend mother father wife husband kids
      life people
      """
    ),
    (
      .operation,
      """
      error failed failure unable cannot warning timeout exception invalid missing unexpected connection server
      node cluster instance metric query request response file directory path config configuration process thread
      memory disk cpu gpu kernel driver module device port socket service pod container namespace job label value
      option argument parameter command user table column database index key field string type function method
      class object bytes buffer cache queue
      erro falha inválido aviso servidor arquivo diretório conexão processo memória disco serviço tabela coluna
      chave
      error fallo inválido aviso servidor fichero archivo directorio conexión proceso memoria disco servicio tabla
      columna clave
      erreur échec invalide avertissement serveur fichier répertoire connexion processus mémoire disque service
      table colonne clé
      fehler fehlgeschlagen ungültig ungültige warnung server datei verzeichnis verbindung prozess speicher
      tabelle spalte schlüssel konnte
      errore fallito avviso server file directory connessione processo memoria disco tabella colonna chiave
      impossibile
      ошибка сбой неверный предупреждение сервер файл каталог соединение процесс память таблица столбец ключ
      błąd nieprawidłowy ostrzeżenie serwer plik katalog połączenie proces pamięć tabela kolumna klucz
      hata başarısız geçersiz uyarı sunucu dosya dizin bağlantı süreç bellek tablo sütun anahtar
      """
    ),
  ]
}
